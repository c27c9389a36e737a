// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/viewer/tool_strip.h"

#include <QAction>
#include <QActionGroup>
#include <QHBoxLayout>
#include <QLabel>
#include <QSignalBlocker>
#include <QSpinBox>
#include <cmath>

#include "ui/common/elements.h"
#include "ui/common/flow_layout.h"
#include "ui/common/theme.h"
#include "ui/viewer/flat_button.h"

namespace ui {

namespace {

constexpr int gap = 2;
constexpr int margin = 4;
constexpr int wordInset = 8;

}  // namespace

ToolStrip::ToolStrip(QWidget* parent)
    : QWidget(parent), m_heading(new Heading({}, this)), m_tools(new QActionGroup(this)), m_size(new QSpinBox) {
    auto* flow = new FlowLayout(gap);
    // With what a flat button keeps around its word every line begins where the heading does.
    flow->setContentsMargins(metrics::margin - wordInset, margin, metrics::margin - wordInset, margin);
    setLayout(flow);
    m_heading->setObjectName(QStringLiteral("toolStripHeading"));
    m_heading->setMinimumHeight(24);  // of a flat button, in whose line it stands
    m_heading->setContentsMargins(wordInset, 0, metrics::gap - gap, 0);
    flow->addWidget(m_heading);

    const auto addTool = [this, flow](MaskTool tool, const char* name, const QString& word, const QString& tip) {
        auto* action = new QAction(word, m_tools);
        action->setCheckable(true);
        action->setToolTip(tip);
        action->setData(static_cast<int>(tool));
        auto* button = new FlatButton(word, this);
        button->setObjectName(QString::fromLatin1(name));
        button->follow(action);
        flow->addWidget(button);
        connect(action, &QAction::triggered, this, [this, tool] { Q_EMIT toolChosen(tool); });
    };
    addTool(MaskTool::Look, "lookTool", tr("Move"),
            tr("Move the image; in every tool with Space or the middle button"));
    addTool(MaskTool::Brush, "brushTool", tr("Brush"), tr("Mark; [ and ] change the size, Alt takes away"));
    addTool(MaskTool::Eraser, "eraserTool", tr("Eraser"), tr("Take away; [ and ] change the size"));
    addTool(MaskTool::Polygon, "polygonTool", tr("Polygon"),
            tr("Click the corners; Enter or a double click closes it, Escape leaves it"));
    addTool(MaskTool::Ellipse, "ellipseTool", tr("Ellipse"), tr("Drag from corner to corner; Shift makes a circle"));

    auto* size = new QWidget(this);
    auto* row = new QHBoxLayout(size);
    row->setContentsMargins(8, 0, 8, 0);
    row->setSpacing(6);
    auto* label = new QLabel(tr("Size"), size);
    label->setFont(secondaryFont());
    m_size->setObjectName(QStringLiteral("brushSizeSpinBox"));
    m_size->setAccessibleName(tr("Size of the brush in pixels of the image"));
    m_size->setToolTip(m_size->accessibleName());
    m_size->setRange(1, 1000);
    m_size->setSuffix(tr(" px"));
    m_size->setFont(secondaryFont());
    m_size->setAlignment(Qt::AlignRight);
    label->setBuddy(m_size);
    row->addWidget(label);
    row->addWidget(m_size);
    flow->addWidget(size);
    connect(m_size, &QSpinBox::valueChanged, this, [this](int diameter) { Q_EMIT brushSizeChosen(diameter); });

    const auto addCommand = [this, flow](const char* name, const QString& word, void (ToolStrip::*signal)()) {
        auto* button = new FlatButton(word, this);
        button->setObjectName(QString::fromLatin1(name));
        flow->addWidget(button);
        connect(button, &QAbstractButton::clicked, this, signal);
        return button;
    };
    addCommand("clearMaskButton", tr("Clear"), &ToolStrip::clearRequested)->setToolTip(tr("Take all of it away"));
    addCommand("doneEditingButton", tr("Done"), &ToolStrip::doneRequested)->setToolTip(tr("Put the tools away"));
    setTarget(MaskTarget::Defect);
    setTool(MaskTool::Brush);
}

void ToolStrip::setTarget(MaskTarget target) {
    m_heading->setText(target == MaskTarget::Defect ? tr("Defect mask") : tr("Region of interest"));
}

void ToolStrip::setTool(MaskTool tool) {
    for (QAction* action : m_tools->actions())
        if (action->data().toInt() == static_cast<int>(tool)) action->setChecked(true);
}

void ToolStrip::setBrushSize(double diameter) {
    const QSignalBlocker blocker(m_size);
    m_size->setValue(static_cast<int>(std::lround(diameter)));
}

}  // namespace ui
