// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/training/form_rows.h"

#include <QLabel>

#include "ui/common/theme.h"

namespace ui {

QGridLayout* makeFormGrid(int wordWidth) {
    auto* grid = new QGridLayout;
    grid->setContentsMargins(0, 0, 0, 0);
    grid->setHorizontalSpacing(metrics::gap);
    grid->setVerticalSpacing(metrics::gap);
    grid->setColumnMinimumWidth(0, wordWidth);
    grid->setColumnStretch(1, 1);
    return grid;
}

FormRow addFormRow(QGridLayout* grid, const QString& word, QWidget* field, const QString& toolTip) {
    const int row = grid->rowCount();
    auto* label = new QLabel(word);
    label->setBuddy(field);
    label->setToolTip(toolTip);
    field->setToolTip(toolTip);
    if (field->accessibleName().isEmpty()) field->setAccessibleName(word);
    field->setMinimumHeight(metrics::rowHeight);
    grid->addWidget(label, row, 0, Qt::AlignVCenter);
    grid->addWidget(field, row, 1);
    return {label, field};
}

}  // namespace ui
