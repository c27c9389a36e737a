// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QVector>
#include <QWidget>

#include "app/services/inspection/train_request.h"

class QComboBox;
class QHBoxLayout;
class QSpinBox;

namespace ui {

class Chip;

// What most people leave as it is: under the fold of the training form.
class AdvancedOptions : public QWidget {
    Q_OBJECT
public:
    explicit AdvancedOptions(QWidget* parent = nullptr);

    void setBackbone(const QString& backbone);  // which stages there are; its own are chosen
    void setRegionDrawn(bool drawn);
    void writeTo(services::TrainRequest& request) const;
    void reset();
    bool isDefault() const;

Q_SIGNALS:
    void changed();

private:
    QComboBox* addCombo(const QString& name, const QStringList& words, const QStringList& values);
    QSpinBox* addSpin(const QString& name, int low, int high, int value);
    void watch();

    QComboBox* m_fitMode;
    QWidget* m_stageBox;
    QHBoxLayout* m_stageRow;
    QVector<Chip*> m_stages;
    QComboBox* m_region;
    QComboBox* m_device;
    QComboBox* m_precision;
    QComboBox* m_neighbourhood;
    QSpinBox* m_pca;
    QComboBox* m_index;
    QSpinBox* m_memory;
    QSpinBox* m_limit;
    QSpinBox* m_seed;
    QString m_backbone;
    bool m_regionDrawn = false;
};

}  // namespace ui
