// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QComboBox>
#include <QGridLayout>
#include <QSpinBox>
#include <QString>
#include <QWheelEvent>

namespace ui {

// The wheel scrolls the panel; a field takes it only while it has the focus.
template <typename Field>
class CalmField : public Field {
public:
    explicit CalmField(QWidget* parent = nullptr) : Field(parent) { this->setFocusPolicy(Qt::StrongFocus); }

protected:
    void wheelEvent(QWheelEvent* event) override {
        if (this->hasFocus())
            Field::wheelEvent(event);
        else
            event->ignore();
    }
};
// As wide as its row, however long its longest item is.
class CalmComboBox : public CalmField<QComboBox> {
public:
    explicit CalmComboBox(QWidget* parent = nullptr) : CalmField(parent) {
        setSizeAdjustPolicy(AdjustToMinimumContentsLengthWithIcon);
        setMinimumContentsLength(6);
    }
};
using CalmSpinBox = CalmField<QSpinBox>;
using CalmDoubleSpinBox = CalmField<QDoubleSpinBox>;

// A word on the left, a field on the right; every row is as high as the others.
QGridLayout* makeFormGrid(int wordWidth = 112);
struct FormRow {
    QWidget* word;
    QWidget* field;

    void setShown(bool shown) const {
        word->setVisible(shown);
        field->setVisible(shown);
    }
};
FormRow addFormRow(QGridLayout* grid, const QString& word, QWidget* field, const QString& toolTip);

}  // namespace ui
