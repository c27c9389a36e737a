// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QLayout>
#include <vector>

namespace ui {

// Widgets one behind the other, in as many lines as the width asks for, and those as even as may be.
class FlowLayout : public QLayout {
public:
    explicit FlowLayout(int gap);
    ~FlowLayout() override;
    void setLastAtEnd(bool atEnd) { m_lastAtEnd = atEnd; }  // in whichever line it stands

    void addItem(QLayoutItem* item) override;
    int count() const override;
    QLayoutItem* itemAt(int index) const override;
    QLayoutItem* takeAt(int index) override;
    bool hasHeightForWidth() const override { return true; }
    int heightForWidth(int width) const override;
    QSize sizeHint() const override;
    QSize minimumSize() const override;
    void setGeometry(const QRect& rect) override;

private:
    struct Line {
        std::vector<QLayoutItem*> items;
        int width = 0;
        int height = 0;
    };
    std::vector<Line> linesWithin(int width) const;
    std::vector<Line> evenLinesWithin(int width) const;
    int arrange(const QRect& rect, bool apply) const;  // gives the height

    std::vector<QLayoutItem*> m_items;
    int m_gap;
    bool m_lastAtEnd = false;
};

}  // namespace ui
