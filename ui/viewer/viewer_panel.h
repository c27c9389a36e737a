// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QWidget>
#include <memory>
#include <optional>

#include "engine/metrics/operating_point.h"
#include "ui/viewer/image_view.h"
#include "ui/viewer/viewer_header.h"

namespace ui {

class CanvasCaption;
class ColourScale;
class Hairline;
class NoticeStrip;
class ReadoutBox;
class ToolStrip;
class VerdictBadge;

// The centre of the window: the header, the picture with its badges in the corners, the tools while a mask is edited,
// and a second picture beside the first when they are compared.
class ViewerPanel : public QWidget {
    Q_OBJECT
public:
    explicit ViewerPanel(QWidget* parent = nullptr);

    ImageView* view() const { return m_view; }
    ImageView* secondView() const { return m_second; }
    ViewerHeader* header() const { return m_header; }
    NoticeStrip* notice() const { return m_notice; }  // of what is shown, above it

    void setTitle(const QString& name);
    void setPicture(services::PicturePtr picture);
    void setEmptyText(const QString& text);
    void setScore(std::optional<double> score, engine::Verdict verdict);
    void setMap(std::shared_ptr<const services::StoredMap> map);
    // Whether the model draws maps at all: if not, the picture says so, and what concerns a map is off.
    void setDrawsMaps(bool draws);
    void setMapRange(double low, double high);
    void setPixelCut(std::optional<double> cut);
    void setOverlay(const OverlayLook& look);  // also of the second view; no overlayChanged
    const OverlayLook& overlay() const { return m_header->look(); }
    void toggleOverlay();
    void setMask(const QImage& mask);
    void setRegion(const QImage& region);

    // What the second view shows: another map of the same picture with its range, or null for the plain picture.
    void setSecondMap(std::shared_ptr<const services::StoredMap> map, double low = 0, double high = 1,
                      std::optional<double> cut = {}, const QString& caption = {});
    // The verdict on the second view; None without a score: none is shown.
    void setSecondScore(std::optional<double> score, engine::Verdict verdict);
    // Whose map the first view shows, where that needs saying; empty: nobody asks.
    void setFirstCaption(const QString& caption);
    void setComparison(Comparison comparison);
    Comparison comparison() const { return m_header->comparison(); }

    void setEditing(std::optional<MaskTarget> target);  // nullopt puts the tools away
    std::optional<MaskTarget> editing() const { return m_editing; }

Q_SIGNALS:
    void overlayChanged(const ui::OverlayLook& look);
    void comparisonChanged(ui::Comparison comparison);
    void doubleClicked(const QPoint& pixel);
    void maskEdited(const QImage& mask);      // all zero: cleared
    void regionEdited(const QImage& region);  // null: everything
    void editingFinished();

protected:
    bool eventFilter(QObject* watched, QEvent* event) override;

private:
    void connectViews();
    void connectTools();
    void placeBadges();
    void placeScale(ColourScale& scale, const VerdictBadge& badge) const;
    void placeCaptions();
    void fitAround();
    void showScales();
    void showSecondMarks();
    bool hasRoomForScale() const;
    bool hasRoomForUprightScale() const;
    // Of the first or of the second view: the lowest of what lies at its upper edge, but for the captions.
    int bottomOfHead(const VerdictBadge& badge, const ColourScale& scale) const;
    void refreshAvailability();
    void refreshCaption();
    QString firstCaption() const;
    static QString noMapText();
    static QString plainText();
    void clearMask();
    bool hasMap() const { return m_view->picture() && m_view->map(); }

    ViewerHeader* m_header;
    ToolStrip* m_tools;
    Hairline* m_toolLine;
    NoticeStrip* m_notice;
    ImageView* m_view;
    Hairline* m_middle;
    ImageView* m_second;
    VerdictBadge* m_badge;
    ColourScale* m_scale;
    ReadoutBox* m_readout;
    VerdictBadge* m_secondBadge;
    ColourScale* m_secondScale;
    CanvasCaption* m_caption;
    CanvasCaption* m_firstCaption;
    CanvasCaption* m_plainCaption;  // of what is right of the swipe
    QString m_firstName;            // as setFirstCaption has it
    QImage m_mask;
    QImage m_region;
    bool m_drawsMaps = true;
    bool m_hasRange = false;
    std::optional<MaskTarget> m_editing;
};

}  // namespace ui
