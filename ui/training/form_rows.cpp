// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/training/form_rows.h"

#include <QLabel>
#include <QStyleOptionComboBox>
#include <algorithm>

#include "ui/common/theme.h"

namespace ui {

void CalmComboBox::initStyleOption(QStyleOptionComboBox* option) const {
    CalmField::initStyleOption(option);
    if (const QVariant text = currentData(shortTextRole); text.isValid()) option->currentText = text.toString();
}

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

void alignWords(std::initializer_list<QGridLayout*> grids) {
    int width = 0;
    for (const QGridLayout* grid : grids) {
        width = std::max(width, grid->columnMinimumWidth(0));
        for (int row = 0; row < grid->rowCount(); ++row)
            if (const QLayoutItem* word = grid->itemAtPosition(row, 0))
                width = std::max(width, word->widget()->sizeHint().width());  // of the item: nothing while it is hidden
    }
    for (QGridLayout* grid : grids) grid->setColumnMinimumWidth(0, width);
}

}  // namespace ui
