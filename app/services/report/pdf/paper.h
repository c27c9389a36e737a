// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QColor>
#include <QFont>
#include <QPdfWriter>
#include <QString>
#include <vector>

#include "app/services/report/document.h"

class QPainter;

namespace services {

// How a text is set.
struct Setting {
    double sizePt = 9;
    bool bold = false;
    bool quiet = false;
    Qt::Alignment alignment = Qt::AlignLeft;
};

// A stack of sheets that is filled from the top. All lengths are in points, places from the upper left corner of the
// sheet. With no painter it only measures: a first pass finds on which page everything is.
class Paper {
public:
    Paper(QPdfWriter& writer, QPainter* painter, QString footer, int pages);

    double left() const { return marginPt; }
    double width() const { return m_width - 2 * marginPt; }
    double y() const { return m_y; }
    int page() const { return m_page; }
    double room() const { return m_height - bottomPt - m_y; }

    void skip(double height) { m_y += height; }
    void moveTo(double y) { m_y = y; }
    // Goes to the next sheet if no more than this is left.
    void ensure(double height) {
        if (room() < height && m_y > marginPt) newPage();
    }
    void newPage();
    void finish();  // the last sheet

    // The height of a text in this width, without drawing it.
    double heightOf(const Text& text, double width, const Setting& setting) const;
    double widthOf(const Text& text, const Setting& setting) const;  // on one line
    // On this sheet, whatever its room; the height.
    double draw(const Text& text, double x, double y, double width, const Setting& setting);
    // At the present place, over as many sheets as it takes.
    void flow(const Text& text, double x, double width, const Setting& setting);
    void rule(double x1, double x2, double y, QColor colour);
    bool measures() const { return m_painter == nullptr; }
    void picture(const std::vector<std::byte>& jpeg, double x, double y, double width, double height);
    void chart(const Chart& chart, double x, double y, double width);
    void sample(Ink ink, double x, double y, double side);

    static constexpr double marginPt = 40;
    static constexpr double bottomPt = 52;
    static constexpr double unit = 10;  // a tenth of a point

private:
    void breakPage(double* y, double height);
    double lines(const Text& text, double x, double* y, double width, const Setting& setting, bool flows, bool draws);

    QPdfWriter& m_writer;
    QPainter* m_painter;
    QString m_footer;
    int m_pages;
    int m_page = 0;
    double m_width = 0;
    double m_height = 0;
    double m_y = marginPt;
};

}  // namespace services
