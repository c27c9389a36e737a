// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QHash>
#include <QObject>
#include <QSet>

class QSettings;
class QTableView;

namespace ui {

// The columns of a table, each as wide as what is in it until a person sets its width. Their order, what they are
// sorted by and the widths that a person has set are remembered.
class FittedColumns : public QObject {
    Q_OBJECT
public:
    // The table has its model. Key: of the settings; it is to be another one once the columns are others.
    FittedColumns(QTableView* table, QSettings* settings, const QString& key);

    void setWidest(int column, int px) { m_widest[column] = px; }
    // Where the table is narrow, this one gives way down to its least width, so that the columns up to the other are in
    // sight.
    void setYielding(int column, int leastPx, int inSight) { m_yielding = {column, leastPx, inSight}; }
    void fit();
    void save() const;

protected:
    bool eventFilter(QObject* watched, QEvent* event) override;

private:
    struct Yielding {
        int column = -1;
        int leastPx = 0;
        int inSight = -1;
    };
    void giveWay() const;

    QTableView* m_table;
    QSettings* m_settings;
    QString m_key;
    QHash<int, int> m_widest;
    Yielding m_yielding;
    QSet<int> m_own;  // whose width a person has set
    bool m_fitting = false;
};

}  // namespace ui
