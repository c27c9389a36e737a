// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QComboBox>
#include <QGridLayout>
#include <QSpinBox>
#include <QString>
#include <QWheelEvent>
#include <initializer_list>

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
    // Of an item: what is shown of it while the list is closed, where the whole would not have the room.
    static constexpr int shortTextRole = Qt::UserRole + 1;

    explicit CalmComboBox(QWidget* parent = nullptr) : CalmField(parent) {
        setSizeAdjustPolicy(AdjustToMinimumContentsLengthWithIcon);
        setMinimumContentsLength(6);
    }

protected:
    void initStyleOption(QStyleOptionComboBox* option) const override;
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
// The fields of grids that make one form begin at one line, whichever has the longest word.
void alignWords(std::initializer_list<QGridLayout*> grids);

}  // namespace ui
