// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/training/training_form.h"

#include <QHBoxLayout>
#include <QSignalBlocker>
#include <QVBoxLayout>

#include "app/services/inspection/inspector.h"
#include "engine/detector/fit.h"
#include "ui/common/theme.h"
#include "ui/training/advanced_options.h"
#include "ui/training/controls.h"
#include "ui/training/form_rows.h"
#include "ui/training/weight_sources.h"

namespace ui {

namespace {

const services::TrainRequest& usual() {
    static const services::TrainRequest request;
    return request;
}

}  // namespace

TrainingForm::TrainingForm(QWidget* parent)
    : QWidget(parent),
      m_method(new CalmComboBox(this)),
      m_backbone(new CalmComboBox(this)),
      m_size(new CalmSpinBox(this)),
      m_coreset(new CalmDoubleSpinBox(this)),
      m_fold(new FoldButton(tr("Advanced"), this)),
      m_reset(new LinkButton(tr("Back to the defaults"), this)),
      m_advanced(new AdvancedOptions(this)) {
    setObjectName(QStringLiteral("trainingForm"));
    m_method->setObjectName(QStringLiteral("methodBox"));
    for (const std::string& method : engine::methods()) {
        const QString name = QString::fromStdString(method);
        m_method->addItem(services::methodTitle(name), name);
    }
    m_backbone->setObjectName(QStringLiteral("backboneBox"));
    m_backbone->setMaxVisibleItems(24);
    for (const auto& architecture : engine::architectures()) {
        const QString name = QString::fromStdString(architecture.name);
        m_backbone->addItem(backboneTitle(name), name);
    }
    m_backbone->setCurrentIndex(m_backbone->findData(usual().backbone));
    m_size->setObjectName(QStringLiteral("sizeSpinBox"));
    m_size->setRange(32, 2048);
    m_size->setSingleStep(32);
    m_size->setValue(usual().sizePx);
    m_size->setSuffix(tr(" px"));
    m_coreset->setObjectName(QStringLiteral("coresetSpinBox"));
    m_coreset->setDecimals(1);
    m_coreset->setRange(0.1, 100);
    m_coreset->setValue(100 * usual().coresetShare);
    m_coreset->setSuffix(QStringLiteral("\u00A0%"));
    for (QAbstractSpinBox* box : {static_cast<QAbstractSpinBox*>(m_size), static_cast<QAbstractSpinBox*>(m_coreset)})
        box->setKeyboardTracking(false);
    build();
    connect(m_method, &QComboBox::currentIndexChanged, this, &TrainingForm::changed);
    connect(m_backbone, &QComboBox::currentIndexChanged, this, &TrainingForm::onBackboneChanged);
    connect(m_backbone, &QComboBox::activated, this, [this] { m_chosen = true; });
    connect(m_size, &QSpinBox::valueChanged, this, &TrainingForm::changed);
    connect(m_coreset, &QDoubleSpinBox::valueChanged, this, &TrainingForm::changed);
    connect(m_advanced, &AdvancedOptions::changed, this, &TrainingForm::changed);
    connect(this, &TrainingForm::changed, this, &TrainingForm::updateReset);
    m_advanced->setBackbone(backbone());
    setUnfolded(false);
}

void TrainingForm::build() {
    QGridLayout* grid = makeFormGrid();
    addFormRow(grid, tr("Method"), m_method, tr("How good is told from defective."));
    addFormRow(grid, tr("Backbone"), m_backbone,
               tr("The pretrained network whose features are compared. Lite ones are fast; large ones take longer."));
    addFormRow(
        grid, tr("Size"), m_size,
        tr("The network sees an image of so many pixels squared. Smaller defects need a larger size, which takes "
           "more time and memory."));
    addFormRow(grid, tr("Coreset share"), m_coreset,
               tr("How much of the good patches is remembered. A smaller share is faster and nearly as exact."));

    m_fold->setObjectName(QStringLiteral("advancedFold"));
    m_fold->setAccessibleName(tr("Advanced"));
    m_reset->setObjectName(QStringLiteral("resetAdvanced"));
    connect(m_fold, &FoldButton::toggled, this, &TrainingForm::setUnfolded);
    connect(m_reset, &QPushButton::clicked, m_advanced, &AdvancedOptions::reset);
    auto* fold = new QHBoxLayout;
    fold->setContentsMargins(0, 0, 0, 0);
    fold->addWidget(m_fold);
    fold->addStretch(1);
    fold->addWidget(m_reset);

    auto* column = new QVBoxLayout(this);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(metrics::gap);
    column->addLayout(grid);
    column->addLayout(fold);
    column->addWidget(m_advanced);
}

void TrainingForm::setUnfolded(bool unfolded) {
    m_advanced->setVisible(unfolded);
    updateReset();
}

void TrainingForm::updateReset() {
    m_reset->setVisible(!m_advanced->isDefault());
}

services::TrainRequest TrainingForm::request() const {
    services::TrainRequest request;
    request.method = m_method->currentData().toString();
    request.backbone = backbone();
    request.sizePx = m_size->value();
    request.coresetShare = m_coreset->value() / 100;
    m_advanced->writeTo(request);
    return request;
}

QString TrainingForm::backbone() const {
    return m_backbone->currentData().toString();
}

void TrainingForm::setAvailable(const QSet<QString>& backbones) {
    m_available = backbones;
    m_known = true;
    for (int i = 0; i < m_backbone->count(); ++i) {
        const QString name = m_backbone->itemData(i).toString();
        m_backbone->setItemText(i, m_available.contains(name)
                                       ? backboneTitle(name)
                                       : tr("%1 \u2013 weights missing").arg(backboneTitle(name)));
    }
    if (m_chosen || m_available.contains(backbone())) return;
    for (int i = 0; i < m_backbone->count(); ++i) {
        if (!m_available.contains(m_backbone->itemData(i).toString())) continue;
        m_backbone->setCurrentIndex(i);
        return;
    }
}

void TrainingForm::setRegionDrawn(bool drawn) {
    m_advanced->setRegionDrawn(drawn);
    updateReset();
}

void TrainingForm::onBackboneChanged() {
    m_advanced->setBackbone(backbone());
    Q_EMIT changed();
}

}  // namespace ui
