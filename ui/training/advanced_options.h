// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QVector>
#include <QWidget>
#include <map>
#include <string>

#include "app/services/inspection/train_request.h"
#include "ui/training/form_rows.h"

namespace ui {

class Chip;
class FlowLayout;

// What most people leave as it is: under the fold of the training form.
class AdvancedOptions : public QWidget {
    Q_OBJECT
public:
    explicit AdvancedOptions(QWidget* parent = nullptr);

    void setMethod(const QString& method);      // which settings there are; the method's defaults are chosen
    void setBackbone(const QString& backbone);  // which stages there are; its own are chosen
    void setRegionDrawn(bool drawn);
    void writeTo(services::TrainRequest& request) const;
    void reset();
    bool isDefault() const;
    QGridLayout* grid() const { return m_grid; }

Q_SIGNALS:
    void changed();

private:
    QComboBox* addCombo(const QString& name, const QStringList& words, const QStringList& values);
    QSpinBox* addSpin(const QString& name, int low, int high, int value);
    void watch();
    void chooseDefaults();
    // The chips begin with the stages that PatchCore takes; other methods take their own.
    bool asksForStages() const { return m_method == QLatin1String("patchcore"); }
    bool has(const char* key) const { return m_defaults.contains(key); }

    QGridLayout* m_grid;
    QComboBox* m_fitMode;
    QWidget* m_stageBox;
    FlowLayout* m_stageRow;
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
    QSpinBox* m_epochs;
    FormRow m_stagesRow{};
    FormRow m_regionRow{};
    std::map<std::string, FormRow> m_settingRows;   // by the key of the method's setting
    std::map<std::string, std::string> m_defaults;  // of the method's settings
    QString m_method;
    QString m_backbone;
    bool m_regionDrawn = false;
};

}  // namespace ui
