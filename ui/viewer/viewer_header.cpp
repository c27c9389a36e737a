// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/viewer/viewer_header.h"

#include <QAction>
#include <QActionGroup>
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
// The details give way before the controls of a lower rank than this, and after the others.
constexpr int detailsRank = 3;

struct ColourName {
    services::ColourMap map;
    const char* name;  // a proper name, not translated
};
constexpr ColourName colourNames[] = {{services::ColourMap::Inferno, "Inferno"},
                                      {services::ColourMap::Cividis, "Cividis"},
                                      {services::ColourMap::Viridis, "Viridis"},
                                      {services::ColourMap::Turbo, "Turbo"}};

QString nameOf(services::ColourMap map) {
    for (const ColourName& colour : colourNames)
        if (colour.map == map) return QString::fromLatin1(colour.name);
    return {};
}

}  // namespace

ViewerHeader::ViewerHeader(QWidget* parent) : QWidget(parent), m_title(new QLabel(this)), m_details(new QLabel(this)) {
    setSizePolicy(QSizePolicy::Expanding, QSizePolicy::Fixed);
    m_title->setObjectName(QStringLiteral("viewerTitle"));
    m_title->setTextFormat(Qt::PlainText);
    QFont bold = textFont();
    bold.setWeight(QFont::DemiBold);
    m_title->setFont(bold);
    m_details->setObjectName(QStringLiteral("viewerDetails"));
    m_details->setTextFormat(Qt::PlainText);
    m_details->setFont(secondaryFont());
    makeActions();
    makeMenus();
    makeControls();
    takeColours();
    setLook(m_look);
    setZoom(1, true);
    setAvailable(false, false);
}

void ViewerHeader::makeActions() {
    const auto toggle = [this](const char* name, const QString& text, const QString& tip) {
        auto* action = new QAction(text, this);
        action->setObjectName(QString::fromLatin1(name));
        action->setCheckable(true);
        action->setToolTip(tip);
        return action;
    };
    m_visible = toggle("overlayAction", tr("Overlay"), tr("Show the anomaly map over the picture"));
    m_contour = toggle("contourAction", tr("Contour"), tr("Draw the border of what is above the pixel cut"));
    m_above =
        toggle("aboveCutAction", tr("Only above the cut"), tr("Show the map only where it is above the pixel cut"));
    m_swipe = toggle("swipeAction", tr("Swipe"), tr("Plain picture left of a line that can be moved"));
    m_sideBySide =
        toggle("sideBySideAction", tr("Side by side"), tr("A second view that zooms and moves with this one"));
    for (QAction* action : {m_visible, m_contour, m_above, m_swipe}) m_mapTips.emplace_back(action, action->toolTip());
    connect(m_visible, &QAction::toggled, this, [this](bool on) {
        OverlayLook look = m_look;
        look.visible = on;
        change(look);
    });
    connect(m_contour, &QAction::toggled, this, [this](bool on) {
        OverlayLook look = m_look;
        look.contour = on;
        change(look);
    });
    connect(m_above, &QAction::toggled, this, [this](bool on) {
        OverlayLook look = m_look;
        look.onlyAboveCut = on;
        change(look);
    });
    connect(m_swipe, &QAction::toggled, this, [this](bool on) { compare(on ? Comparison::Swipe : Comparison::Off); });
    connect(m_sideBySide, &QAction::toggled, this,
            [this](bool on) { compare(on ? Comparison::SideBySide : Comparison::Off); });
}

void ViewerHeader::makeMenus() {
    m_colourMenu = new QMenu(tr("Colours"), this);
    m_colourGroup = new QActionGroup(this);
    for (const ColourName& colour : colourNames) {
        QAction* action = m_colourMenu->addAction(QString::fromLatin1(colour.name));
        action->setCheckable(true);
        m_colourGroup->addAction(action);
        connect(action, &QAction::triggered, this, [this, map = colour.map] {
            OverlayLook look = m_look;
            look.colours = map;
            change(look);
        });
    }
    m_zoomMenu = new QMenu(tr("Zoom"), this);
    connect(m_zoomMenu->addAction(tr("Fit")), &QAction::triggered, this, &ViewerHeader::fitRequested);
    for (const int percent : {50, 100, 200, 400, 800}) {
        QAction* action = m_zoomMenu->addAction(tr("%1 %").arg(percent));
        connect(action, &QAction::triggered, this, [this, percent] { Q_EMIT zoomRequested(percent / 100.0); });
    }
    m_moreMenu = new QMenu(tr("More"), this);
    m_moreMenu->addActions({m_visible, m_contour, m_above});
    m_moreMenu->addSeparator();
    m_moreMenu->addActions({m_swipe, m_sideBySide});
    m_moreMenu->addSeparator();
    m_opacityMenu = m_moreMenu->addMenu(tr("Opacity"));
    for (const int percent : {0, 20, 40, 60, 80, 100}) {
        connect(m_opacityMenu->addAction(tr("%1 %").arg(percent)), &QAction::triggered, this, [this, percent] {
            OverlayLook look = m_look;
            look.opacity = percent / 100.0;
            change(look);
        });
    }
    m_moreMenu->addMenu(m_colourMenu);
}

FlatButton* ViewerHeader::addButton(const char* name, const QString& word, QAction* action, int rank) {
    auto* button = new FlatButton(word, this);
    button->setObjectName(QString::fromLatin1(name));
    if (action != nullptr) button->follow(action);
    m_controls.push_back({button, rank});
    return button;
}

void ViewerHeader::makeControls() {
    m_opacity = new QWidget(this);
    auto* row = new QHBoxLayout(m_opacity);
    row->setContentsMargins(0, 0, 4, 0);
    row->setSpacing(2);
    auto* button = new FlatButton(tr("Overlay"), m_opacity);
    button->setObjectName(QStringLiteral("overlayButton"));
    button->follow(m_visible);
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
        OverlayLook look = m_look;
        look.opacity = percent / 100.0;
        look.visible = true;
        change(look);
    });
    addButton("contourButton", tr("Contour"), m_contour, 2);
    addButton("aboveCutButton", tr("Above cut"), m_above, 4);
    addButton("swipeButton", tr("Swipe"), m_swipe, 3);
    addButton("sideBySideButton", tr("Side by side"), m_sideBySide, 5);
    m_colours = addButton("coloursButton", {}, nullptr, 6);
    m_colours->setMenu(m_colourMenu);
    m_zoom = addButton("zoomButton", {}, nullptr, 0);
    m_zoom->setMenu(m_zoomMenu);
    m_zoom->setToolTip(tr("Zoom: wheel, or the keys + - 0 1"));
    m_more = new FlatButton(QStringLiteral("\u22EF"), this);
    m_more->setObjectName(QStringLiteral("moreButton"));
    m_more->setAccessibleName(tr("More"));
    m_more->setToolTip(tr("More ways to show the picture"));
    m_more->setMenu(m_moreMenu, false);
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
    m_look = look;
    const QSignalBlocker blocker(m_slider);
    m_slider->setValue(static_cast<int>(std::lround(look.opacity * 100)));
    m_visible->setChecked(look.visible);
    m_contour->setChecked(look.contour);
    m_above->setChecked(look.onlyAboveCut);
    for (QAction* action : m_colourGroup->actions()) action->setChecked(action->text() == nameOf(look.colours));
    m_colours->setText(nameOf(look.colours));
    m_colours->setAccessibleName(tr("Colours: %1").arg(nameOf(look.colours)));
    arrange();
}

void ViewerHeader::change(const OverlayLook& look) {
    if (look == m_look) return;
    setLook(look);
    Q_EMIT lookChanged(look);
}

void ViewerHeader::setComparison(Comparison comparison) {
    m_comparison = comparison;
    m_swipe->setChecked(comparison == Comparison::Swipe);
    m_sideBySide->setChecked(comparison == Comparison::SideBySide);
}

// An action that goes off because the other one went on has nothing to say.
void ViewerHeader::compare(Comparison comparison) {
    const bool stale =
        comparison == Comparison::Off && (m_comparison == Comparison::Swipe ? m_swipe : m_sideBySide)->isChecked();
    if (stale || comparison == m_comparison) return;
    setComparison(comparison);
    Q_EMIT comparisonChanged(comparison);
}

void ViewerHeader::setZoom(double zoom, bool fitted) {
    const double percent = zoom * 100;
    QLocale locale;
    locale.setNumberOptions(QLocale::OmitGroupSeparator);
    const QString number = locale.toString(percent, 'f', percent < 10 ? 1 : 0);
    m_zoom->setText(fitted ? tr("Fit · %1 %").arg(number) : tr("%1 %").arg(number));
    m_zoom->setAccessibleName(tr("Zoom: %1").arg(m_zoom->text()));
    arrange();
}

void ViewerHeader::setAvailable(bool picture, bool map, const QString& noMapReason) {
    for (const auto& [action, tip] : m_mapTips) action->setEnabled(map);
    for (QWidget* widget : {static_cast<QWidget*>(m_slider), static_cast<QWidget*>(m_colours),
                            static_cast<QWidget*>(m_opacityMenu), static_cast<QWidget*>(m_colourMenu)})
        widget->setEnabled(map);
    m_sideBySide->setEnabled(picture);
    m_hasPicture = picture;
    explain(map ? QString() : noMapReason);
    arrange();
}

void ViewerHeader::explain(const QString& noMapReason) {
    const auto tip = [&](const QString& usual) { return noMapReason.isEmpty() ? usual : noMapReason; };
    for (const auto& [action, usual] : m_mapTips) action->setToolTip(tip(usual));
    m_slider->setToolTip(tip(tr("Opacity of the overlay")));
    m_colours->setToolTip(tip(tr("Colours of the map")));
}

QList<QAction*> ViewerHeader::viewActions() const {
    return {m_visible, m_contour, m_above, m_swipe, m_sideBySide};
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
    const QFontMetrics text = m_title->fontMetrics();
    const int title = std::max(leastTitle, std::min(text.horizontalAdvance(m_titleText) + 2, width() / 3));
    const int details = m_details->text().isEmpty() ? 0 : m_details->sizeHint().width() + metrics::margin;
    int room = width() - 2 * metrics::margin - title - metrics::margin - m_more->sizeHint().width();

    // By rank, each takes its room while there is some; what comes after one that has none is left out as well.
    bool detailsShown = false;
    std::vector<const Control*> ranked;
    for (const Control& control : m_controls) ranked.push_back(&control);
    std::sort(ranked.begin(), ranked.end(), [](const Control* a, const Control* b) { return a->rank < b->rank; });
    bool full = !m_hasPicture;  // without one there is nothing to control
    m_more->setVisible(m_hasPicture);
    bool asked = false;
    for (const Control* control : ranked) {
        if (!asked && control->rank > detailsRank) {
            asked = true;
            detailsShown = !full && details > 0 && details <= room;
            if (detailsShown) room -= details;
        }
        const int needed = control->widget->sizeHint().width() + controlGap;
        full = full || needed > room;
        control->widget->setVisible(!full);
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
    int titleRoom = right - metrics::margin - 8;
    m_details->setVisible(detailsShown);
    if (detailsShown) titleRoom -= details;
    const QString shown = text.elidedText(m_titleText, Qt::ElideMiddle, std::max(titleRoom, 0));
    m_title->setText(shown);
    const int titleWidth = text.horizontalAdvance(shown) + 2;
    m_title->setGeometry(metrics::margin, 0, titleWidth, height());
    if (detailsShown) m_details->setGeometry(metrics::margin + titleWidth + metrics::margin, 0, details, height());
}

}  // namespace ui
