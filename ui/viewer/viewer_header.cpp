// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/viewer/viewer_header.h"

#include <QAction>
#include <QEvent>
#include <QHBoxLayout>
#include <QLabel>
#include <QLocale>
#include <QMenu>
#include <QSignalBlocker>
#include <QSlider>
#include <algorithm>
#include <cmath>

#include "ui/common/theme.h"
#include "ui/viewer/flat_button.h"

namespace ui {

namespace {

constexpr int controlHeight = 24;
constexpr int controlGap = 4;
constexpr int leastTitle = 96;
// What is kept of the line for the name and for the details, whatever they are: the controls stay where they are from
// one image to the next.
constexpr int roomForTitle = 150;
constexpr int roomForDetails = 124;
// The details give way before the controls of a lower rank than this, and after the others.
constexpr int detailsRank = 3;
constexpr int swipeRank = 3;
constexpr int sideBySideRank = 5;

}  // namespace

ViewerHeader::ViewerHeader(QWidget* parent)
    : QWidget(parent), m_actions(new ViewActions(this)), m_title(new QLabel(this)), m_details(new QLabel(this)) {
    setSizePolicy(QSizePolicy::Expanding, QSizePolicy::Fixed);
    m_title->setObjectName(QStringLiteral("viewerTitle"));
    m_title->setTextFormat(Qt::PlainText);
    QFont bold = textFont();
    bold.setWeight(QFont::DemiBold);
    m_title->setFont(bold);
    m_details->setObjectName(QStringLiteral("viewerDetails"));
    m_details->setTextFormat(Qt::PlainText);
    m_details->setFont(secondaryFont());
    makeZoomMenu();
    makeControls();
    connect(m_actions, &ViewActions::lookChanged, this, [this](const OverlayLook& look) {
        setLook(look);
        Q_EMIT lookChanged(look);
    });
    connect(m_actions, &ViewActions::comparisonChanged, this, [this](Comparison comparison) {
        arrange();
        Q_EMIT comparisonChanged(comparison);
    });
    takeColours();
    setLook(look());
    setZoom(1, true);
    setAvailable(false, false);
}

void ViewerHeader::makeZoomMenu() {
    m_zoomMenu = new QMenu(tr("Zoom"), this);
    connect(m_zoomMenu->addAction(tr("Fit")), &QAction::triggered, this, &ViewerHeader::fitRequested);
    for (const int percent : {50, 100, 200, 400, 800}) {
        QAction* action = m_zoomMenu->addAction(tr("%1 %").arg(percent));
        connect(action, &QAction::triggered, this, [this, percent] { Q_EMIT zoomRequested(percent / 100.0); });
    }
}

FlatButton* ViewerHeader::addButton(const char* name, const QString& word, QAction* action, int rank) {
    auto* button = new FlatButton(word, this);
    button->setObjectName(QString::fromLatin1(name));
    if (action != nullptr) button->follow(action);
    m_controls.push_back({button, rank});
    return button;
}

void ViewerHeader::makeOpacity() {
    m_opacity = new QWidget(this);
    auto* row = new QHBoxLayout(m_opacity);
    row->setContentsMargins(0, 0, 4, 0);
    row->setSpacing(2);
    auto* button = new FlatButton(tr("Overlay"), m_opacity);
    button->setObjectName(QStringLiteral("overlayButton"));
    button->follow(m_actions->visible());
    m_slider = new QSlider(Qt::Horizontal, m_opacity);
    m_slider->setObjectName(QStringLiteral("overlaySlider"));
    m_slider->setAccessibleName(tr("Opacity of the overlay"));
    m_slider->setRange(0, 100);
    m_slider->setPageStep(10);
    m_slider->setFixedWidth(88);
    row->addWidget(button);
    row->addWidget(m_slider);
    m_controls.push_back({m_opacity, 1});
    connect(m_slider, &QSlider::valueChanged, this, [this](int percent) {
        OverlayLook look = m_actions->look();
        look.opacity = percent / 100.0;
        look.visible = true;
        m_actions->change(look);
    });
}

void ViewerHeader::makeControls() {
    makeOpacity();
    addButton("contourButton", tr("Contour"), m_actions->contour(), 2);
    addButton("aboveCutButton", tr("Above cut"), m_actions->aboveCut(), 4);
    m_swipe = addButton("swipeButton", tr("Swipe"), m_actions->swipe(), swipeRank);
    m_sideBySide = addButton("sideBySideButton", tr("Side by side"), m_actions->sideBySide(), sideBySideRank);
    m_colours = addButton("coloursButton", {}, nullptr, 6);
    m_colours->setMenu(m_actions->colourMenu());
    m_zoom = addButton("zoomButton", {}, nullptr, 0);
    m_zoom->setMenu(m_zoomMenu);
    m_zoom->keepRoomFor(zoomText(1000, true));
    m_zoom->setToolTip(tr("Zoom: wheel, or the keys + - 0 1"));
    m_more = new FlatButton(QStringLiteral("\u22EF"), this);
    m_more->setObjectName(QStringLiteral("moreButton"));
    m_more->setAccessibleName(tr("More"));
    m_more->setToolTip(tr("More ways to show the image"));
    m_more->setMenu(m_actions->moreMenu(), false);
}

void ViewerHeader::setComparison(Comparison comparison) {
    m_actions->setComparison(comparison);
    arrange();
}

void ViewerHeader::setTitle(const QString& title) {
    m_titleText = title;
    m_title->setToolTip(title);
    arrange();
}

void ViewerHeader::setDetails(const QString& details) {
    m_details->setText(details);
    arrange();
}

void ViewerHeader::setLook(const OverlayLook& look) {
    m_actions->setLook(look);
    const QSignalBlocker blocker(m_slider);
    m_slider->setValue(static_cast<int>(std::lround(look.opacity * 100)));
    m_colours->setText(m_actions->colourName());
    m_colours->setAccessibleName(tr("Colours: %1").arg(m_actions->colourName()));
    arrange();
}

QString ViewerHeader::zoomText(double percent, bool fitted) {
    QLocale locale;
    locale.setNumberOptions(QLocale::OmitGroupSeparator);
    const QString number = locale.toString(percent, 'f', percent < 10 ? 1 : 0);
    return fitted ? tr("Fit · %1 %").arg(number) : tr("%1 %").arg(number);
}

void ViewerHeader::setZoom(double zoom, bool fitted) {
    const double percent = zoom * 100;
    m_zoom->setText(zoomText(percent, fitted));
    m_zoom->setAccessibleName(tr("Zoom: %1").arg(m_zoom->text()));
    arrange();
}

void ViewerHeader::setAvailable(bool picture, bool map, const QString& noMapReason) {
    m_actions->setAvailable(picture, map, noMapReason);
    const bool explained = !map && !noMapReason.isEmpty();
    m_slider->setEnabled(map);
    m_slider->setToolTip(explained ? noMapReason : tr("Opacity of the overlay"));
    m_colours->setEnabled(map);
    m_colours->setToolTip(explained ? noMapReason : tr("Colours of the map"));
    m_hasPicture = picture;
    arrange();
}

QSize ViewerHeader::sizeHint() const {
    return {760, 36};
}

QSize ViewerHeader::minimumSizeHint() const {
    return {2 * metrics::margin + leastTitle + m_zoom->sizeHint().width() + m_more->sizeHint().width(), 36};
}

void ViewerHeader::resizeEvent(QResizeEvent* event) {
    QWidget::resizeEvent(event);
    arrange();
}

void ViewerHeader::changeEvent(QEvent* event) {
    QWidget::changeEvent(event);
    if (event->type() == QEvent::PaletteChange) takeColours();
}

void ViewerHeader::takeColours() {
    QPalette palette = m_details->palette();
    const QColor colour = coloursOf(*this).secondary;
    if (palette.color(QPalette::WindowText) == colour) return;
    palette.setColor(QPalette::WindowText, colour);
    m_details->setPalette(palette);
}

void ViewerHeader::arrange() {
    const int title = std::max(leastTitle, std::min(roomForTitle, width() / 3));
    int room = width() - 3 * metrics::margin - title - m_more->sizeHint().width();

    // By rank, each takes its room while there is some; what comes after one that has none is left out as well.
    std::vector<std::pair<int, QWidget*>> ranked;
    for (const Control& control : m_controls) ranked.emplace_back(rankOf(control), control.widget);
    std::sort(ranked.begin(), ranked.end());
    bool full = !m_hasPicture;  // without one there is nothing to control
    m_more->setVisible(m_hasPicture);
    bool asked = false;
    for (const auto& [rank, widget] : ranked) {
        if (!asked && rank > detailsRank) {
            asked = true;
            if (room >= roomForDetails) room -= roomForDetails;
        }
        const int needed = widget->sizeHint().width() + controlGap;
        full = full || needed > room;
        widget->setVisible(!full);
        if (!full) room -= needed;
    }

    const int top = (height() - controlHeight) / 2;
    int right = width() - metrics::margin + 4;
    const auto place = [&](QWidget* widget) {
        const int wide = widget->sizeHint().width();
        widget->setGeometry(right - wide, top, wide, controlHeight);
        right -= wide + controlGap;
    };
    place(m_more);
    for (auto control = m_controls.rbegin(); control != m_controls.rend(); ++control)
        if (!control->widget->isHidden()) place(control->widget);
    const QFontMetrics text = m_title->fontMetrics();
    const int titleRoom = std::max(right - metrics::margin - 8, 0);
    const int details = m_details->text().isEmpty() ? 0 : m_details->sizeHint().width() + metrics::margin;
    const bool detailsShown =
        m_hasPicture && details > 0 && text.horizontalAdvance(m_titleText) + 2 + details <= titleRoom;
    const QString shown = text.elidedText(m_titleText, Qt::ElideMiddle, titleRoom);
    m_title->setText(shown);
    const int titleWidth = text.horizontalAdvance(shown) + 2;
    m_title->setGeometry(metrics::margin, 0, titleWidth, height());
    m_details->setVisible(detailsShown);
    m_details->setGeometry(metrics::margin + titleWidth + metrics::margin, 0, details, height());
}

// The way of comparing that is on is seen to be on.
int ViewerHeader::rankOf(const Control& control) const {
    if (comparison() != Comparison::SideBySide) return control.rank;
    return control.widget == m_sideBySide ? swipeRank : control.widget == m_swipe ? sideBySideRank : control.rank;
}

}  // namespace ui
