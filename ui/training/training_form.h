// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QSet>
#include <QWidget>

#include "app/services/inspection/train_request.h"
#include "ui/training/form_rows.h"

namespace ui {

class AdvancedOptions;
class FoldButton;
class LinkButton;

// How to train: four choices, and the rest under a fold.
class TrainingForm : public QWidget {
    Q_OBJECT
public:
    explicit TrainingForm(QWidget* parent = nullptr);

    services::TrainRequest request() const;
    // Those that have weights; the others are listed as missing. Without a choice of the person's own the first one
    // that has weights stands in for a default without.
    void setAvailable(const QSet<QString>& backbones);
    // A network that the method looks through and whose weights are not there; empty: none is missing.
    QString missingBackbone() const;
    void setRegionDrawn(bool drawn);

Q_SIGNALS:
    void changed();

private:
    void build();
    void onMethodChanged();
    void onBackboneChanged();
    QString method() const;
    QString chosen(const QComboBox* box) const;
    void setUnfolded(bool unfolded);
    void updateReset();

    QComboBox* m_method;
    QComboBox* m_backbone;
    QComboBox* m_partner;
    QSpinBox* m_size;
    QDoubleSpinBox* m_coreset;
    FoldButton* m_fold;
    LinkButton* m_reset;
    AdvancedOptions* m_advanced;
    FormRow m_backboneRow{};
    FormRow m_partnerRow{};
    FormRow m_coresetRow{};
    QSet<QString> m_available;
    bool m_known = false;
    bool m_chosen = false;  // by a person
};

}  // namespace ui
