// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QString>
#include <QWidget>

#include "engine/metrics/operating_point.h"

class QLabel;

namespace ui {

// The sign of a verdict, as high as a line of text.
class VerdictSign : public QWidget {
    Q_OBJECT
public:
    explicit VerdictSign(engine::Verdict verdict, QWidget* parent = nullptr);
    void setVerdict(engine::Verdict verdict);

protected:
    void paintEvent(QPaintEvent* event) override;

private:
    engine::Verdict m_verdict;
};

// What happened, in place: a sign of its kind and a sentence that can be copied. Hidden while there is nothing to say.
class MessageLine : public QWidget {
    Q_OBJECT
public:
    explicit MessageLine(QWidget* parent = nullptr);

    void setText(const QString& text);     // plain
    void setCaution(const QString& text);  // something to look at
    void setFault(const QString& text);    // what went wrong, and what to do
    void clear();
    const QString& text() const { return m_text; }
    bool isFault() const { return m_kind == Kind::Fault; }

Q_SIGNALS:
    void changed();  // what is told, or whether it is in sight

protected:
    void showEvent(QShowEvent* event) override;
    void hideEvent(QHideEvent* event) override;

private:
    enum class Kind { Plain, Caution, Fault };
    void show(Kind kind, const QString& text);

    Kind m_kind = Kind::Plain;
    QString m_text;
    QLabel* m_label;
    VerdictSign* m_sign;
};

}  // namespace ui
