// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/viewer/viewer_panel.h"

#include <QAction>
#include <QHBoxLayout>
#include <QLocale>
#include <QVBoxLayout>

#include "ui/common/elements.h"
#include "ui/common/notice_strip.h"
#include "ui/common/theme.h"
#include "ui/viewer/canvas_badges.h"
#include "ui/viewer/colour_scale.h"
#include "ui/viewer/tool_strip.h"

namespace ui {

ViewerPanel::ViewerPanel(QWidget* parent)
    : QWidget(parent),
      m_header(new ViewerHeader(this)),
      m_tools(new ToolStrip(this)),
      m_toolLine(new Hairline(Qt::Horizontal, this)),
      m_notice(new NoticeStrip(QStringLiteral("fileNotice"), this)),
      m_view(new ImageView(this)),
      m_middle(new Hairline(Qt::Vertical, this)),
      m_second(new ImageView(this)),
      m_badge(new VerdictBadge(m_view)),
      m_scale(new ColourScale(m_view)),
      m_readout(new ReadoutBox(m_view)),
      m_secondBadge(new VerdictBadge(m_second)),
      m_secondScale(new ColourScale(m_second)),
      m_caption(new CanvasCaption(m_second)),
      m_firstCaption(new CanvasCaption(m_view)),
      m_plainCaption(new CanvasCaption(m_view)) {
    m_header->setObjectName(QStringLiteral("viewerHeader"));
    m_tools->setObjectName(QStringLiteral("toolStrip"));
    m_view->setObjectName(QStringLiteral("imageView"));
    m_second->setObjectName(QStringLiteral("secondImageView"));
    m_second->setAccessibleName(tr("Second image"));
    m_badge->setObjectName(QStringLiteral("verdictBadge"));
    m_scale->setObjectName(QStringLiteral("colourScale"));
    m_readout->setObjectName(QStringLiteral("readout"));
    m_secondBadge->setObjectName(QStringLiteral("secondVerdictBadge"));
    m_secondBadge->hide();
    m_secondScale->setObjectName(QStringLiteral("secondColourScale"));
    m_secondScale->hide();
    m_caption->setObjectName(QStringLiteral("secondCaption"));
    m_firstCaption->setObjectName(QStringLiteral("firstCaption"));
    m_firstCaption->hide();
    m_plainCaption->setObjectName(QStringLiteral("plainCaption"));
    m_plainCaption->setText(plainText());
    m_plainCaption->hide();

    auto* column = new QVBoxLayout(this);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(0);
    column->addWidget(m_header);
    column->addWidget(new Hairline(Qt::Horizontal, this));
    column->addWidget(m_tools);
    column->addWidget(m_toolLine);
    column->addWidget(m_notice);
    auto* row = new QHBoxLayout;
    row->setSpacing(0);
    row->addWidget(m_view, 1);
    row->addWidget(m_middle);
    m_middle->setStrong(true);
    row->addWidget(m_second, 1);
    column->addLayout(row, 1);

    for (QWidget* hidden :
         {static_cast<QWidget*>(m_tools), static_cast<QWidget*>(m_toolLine), static_cast<QWidget*>(m_middle),
          static_cast<QWidget*>(m_second), static_cast<QWidget*>(m_readout)})
        hidden->hide();
    m_view->installEventFilter(this);
    m_second->installEventFilter(this);
    connectViews();
    connectTools();
    setSecondMap(nullptr);
    setOverlay({});
    setScore({}, engine::Verdict::None);
    refreshAvailability();
}

void ViewerPanel::connectViews() {
    connect(m_view, &ImageView::viewChanged, this, [this](const ViewTransform& transform) {
        m_header->setZoom(transform.zoom, transform.fitted);
        if (m_second->isVisible()) m_second->setViewTransform(transform);
    });
    connect(m_view, &ImageView::swipeChanged, this, &ViewerPanel::placeBadges);
    connect(m_second, &ImageView::viewChanged, m_view, &ImageView::setViewTransform);
    connect(m_header, &ViewerHeader::fitRequested, m_view, &ImageView::zoomToFit);
    connect(m_header, &ViewerHeader::zoomRequested, this, [this](double zoom) {
        m_view->zoomBy(zoom / m_view->viewTransform().zoom, QRectF(m_view->rect()).center());
    });
    connect(m_header, &ViewerHeader::lookChanged, this, [this](const OverlayLook& look) {
        setOverlay(look);
        Q_EMIT overlayChanged(look);
    });
    connect(m_header, &ViewerHeader::comparisonChanged, this, [this](Comparison comparison) {
        setComparison(comparison);
        Q_EMIT comparisonChanged(comparison);
    });
    connect(m_view, &ImageView::doubleClicked, this, &ViewerPanel::doubleClicked);
    for (ImageView* view : {m_view, m_second}) {
        connect(view, &ImageView::hovered, this, [this](const Readout& readout) {
            m_readout->setReadout(readout);
            m_readout->show();
        });
        connect(view, &ImageView::hoverLeft, m_readout, &QWidget::hide);
    }
}

void ViewerPanel::connectTools() {
    connect(m_tools, &ToolStrip::toolChosen, m_view, &ImageView::setTool);
    connect(m_tools, &ToolStrip::brushSizeChosen, m_view, &ImageView::setBrushSize);
    connect(m_view, &ImageView::brushSizeChanged, m_tools, &ToolStrip::setBrushSize);
    connect(m_tools, &ToolStrip::clearRequested, this, &ViewerPanel::clearMask);
    connect(m_tools, &ToolStrip::doneRequested, this, [this] {
        setEditing({});
        Q_EMIT editingFinished();
    });
    connect(m_view, &ImageView::maskEdited, this, &ViewerPanel::maskEdited);
    connect(m_view, &ImageView::regionEdited, this, &ViewerPanel::regionEdited);
    m_tools->setBrushSize(m_view->brushSize());
}

void ViewerPanel::setTitle(const QString& name) {
    m_header->setTitle(name);
}

void ViewerPanel::setPicture(services::PicturePtr picture) {
    m_view->setPicture(picture);
    if (m_second->isVisible()) m_second->setPicture(picture);
    const QLocale locale;
    m_header->setDetails(
        picture ? tr("%1 × %2 · %3")
                      .arg(locale.toString(picture->width()), locale.toString(picture->height()), picture->format)
                : QString());
    const ViewTransform transform = m_view->viewTransform();
    m_header->setZoom(transform.zoom, transform.fitted);
    if (!picture) m_readout->hide();
    refreshAvailability();
}

void ViewerPanel::setEmptyText(const QString& text) {
    m_view->setEmptyText(text);
}

void ViewerPanel::setScore(std::optional<double> score, engine::Verdict verdict) {
    m_badge->setScore(score, verdict);
}

void ViewerPanel::setMap(std::shared_ptr<const services::StoredMap> map) {
    m_view->setMap(std::move(map));
    refreshAvailability();
}

void ViewerPanel::setDrawsMaps(bool draws) {
    if (draws == m_drawsMaps) return;
    m_drawsMaps = draws;
    refreshAvailability();
}

void ViewerPanel::setMapRange(double low, double high) {
    m_view->setMapRange(low, high);
    m_scale->setRange(low, high);
    m_badge->setDecimals(decimalsFor(low, high));
    m_readout->setDecimals(decimalsFor(low, high));
    m_hasRange = true;
    refreshCaption();
}

void ViewerPanel::setPixelCut(std::optional<double> cut) {
    m_view->setPixelCut(cut);
    m_scale->setCut(cut);
}

void ViewerPanel::setOverlay(const OverlayLook& look) {
    m_header->setLook(look);
    m_view->setOverlay(look);
    m_second->setOverlay(look);
    m_scale->setColours(look.colours);
    m_secondScale->setColours(look.colours);
    refreshAvailability();
}

void ViewerPanel::toggleOverlay() {
    m_header->overlayAction()->trigger();
}

void ViewerPanel::setMask(const QImage& mask) {
    m_mask = mask;
    m_view->setMask(mask);
    showSecondMarks();
}

void ViewerPanel::setRegion(const QImage& region) {
    m_region = region;
    m_view->setRegion(region);
    showSecondMarks();
}

void ViewerPanel::setEditing(std::optional<MaskTarget> target) {
    m_editing = target;
    m_tools->setVisible(target.has_value());
    m_toolLine->setVisible(target.has_value());
    const MaskTool tool = target ? MaskTool::Brush : MaskTool::Look;
    if (target) {
        m_tools->setTarget(*target);
        m_tools->setTool(tool);
        m_view->setTarget(*target);
    }
    m_view->setTool(tool);
}

void ViewerPanel::clearMask() {
    if (!m_editing || !m_view->picture()) return;
    if (*m_editing == MaskTarget::Region) {
        m_view->setRegion({});
        Q_EMIT regionEdited({});
        return;
    }
    QImage nothing(m_view->picture()->width(), m_view->picture()->height(), QImage::Format_Grayscale8);
    nothing.fill(0);
    m_view->setMask(nothing);
    Q_EMIT maskEdited(nothing);
}

void ViewerPanel::refreshAvailability() {
    const bool picture = m_view->picture() != nullptr;
    m_header->setAvailable(picture, hasMap(), m_drawsMaps ? QString() : noMapText());
    m_badge->setVisible(picture);
    showScales();
    refreshCaption();
}

}  // namespace ui
