// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QWidget>

#include "ui/viewer/mask_editor.h"

class QActionGroup;
class QSpinBox;

namespace ui {

class Heading;

// The tools for a mask or the region, in a line, or in several where it is narrow.
class ToolStrip : public QWidget {
    Q_OBJECT
public:
    explicit ToolStrip(QWidget* parent = nullptr);

    void setTarget(MaskTarget target);
    void setTool(MaskTool tool);
    void setBrushSize(double diameter);

Q_SIGNALS:
    void toolChosen(ui::MaskTool tool);
    void brushSizeChosen(double diameter);
    void clearRequested();
    void doneRequested();

private:
    Heading* m_heading;
    QActionGroup* m_tools;
    QSpinBox* m_size;
};

}  // namespace ui
