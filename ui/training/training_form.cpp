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
      m_partner(new CalmComboBox(this)),
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
    m_partner->setObjectName(QStringLiteral("partnerBox"));
    for (QComboBox* box : {m_backbone, m_partner}) {
        box->setMaxVisibleItems(24);
        for (const auto& architecture : engine::architectures()) {
            const QString name = QString::fromStdString(architecture.name);
            box->addItem(backboneTitle(name), name);
            box->setItemData(box->count() - 1, backboneTitle(name), CalmComboBox::shortTextRole);
        }
    }
    m_backbone->setCurrentIndex(m_backbone->findData(usual().backbone));
    m_partner->setCurrentIndex(m_partner->findData(usual().partner));
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
    connect(m_method, &QComboBox::currentIndexChanged, this, &TrainingForm::onMethodChanged);
    connect(m_partner, &QComboBox::currentIndexChanged, this, &TrainingForm::changed);
    connect(m_backbone, &QComboBox::currentIndexChanged, this, &TrainingForm::onBackboneChanged);
    connect(m_backbone, &QComboBox::activated, this, [this] { m_chosen = true; });
    connect(m_size, &QSpinBox::valueChanged, this, &TrainingForm::changed);
    connect(m_coreset, &QDoubleSpinBox::valueChanged, this, &TrainingForm::changed);
    connect(m_advanced, &AdvancedOptions::changed, this, &TrainingForm::changed);
    connect(this, &TrainingForm::changed, this, &TrainingForm::updateReset);
    m_advanced->setBackbone(chosen(m_backbone));
    setUnfolded(false);
    onMethodChanged();
}

void TrainingForm::build() {
    QGridLayout* grid = makeFormGrid();
    addFormRow(grid, tr("Method"), m_method, tr("How good is told from defective."));
    m_backboneRow = addFormRow(
        grid, tr("Backbone"), m_backbone,
        tr("The pretrained network whose features are compared. Lite ones are fast; large ones take longer."));
    m_partnerRow = addFormRow(
        grid, tr("Partner"), m_partner,
        tr("The second network: what one sees is foretold from the other, and defects are where that fails."));
    addFormRow(
        grid, tr("Input size"), m_size,
        tr("The network sees an image of so many pixels squared. Smaller defects need a larger size, which takes "
           "more time and memory."));
    m_coresetRow =
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
    alignWords({grid, m_advanced->grid()});
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
    request.method = method();
    request.backbone = chosen(m_backbone);
    request.partner = chosen(m_partner);
    request.sizePx = m_size->value();
    request.coresetShare = m_coreset->value() / 100;
    m_advanced->writeTo(request);
    return request;
}

QString TrainingForm::method() const {
    return m_method->currentData().toString();
}

QString TrainingForm::chosen(const QComboBox* box) const {
    return box->currentData().toString();
}

QString TrainingForm::missingBackbone() const {
    if (!m_known) return {};
    const QComboBox* const boxes[] = {m_backbone, m_partner};
    for (int i = 0; i < engine::methodNetworks(method().toStdString()); ++i)
        if (const QString name = chosen(boxes[i]); !m_available.contains(name)) return name;
    return {};
}

void TrainingForm::setAvailable(const QSet<QString>& backbones) {
    m_available = backbones;
    m_known = true;
    for (QComboBox* box : {m_backbone, m_partner})
        for (int i = 0; i < box->count(); ++i) {
            const QString name = box->itemData(i).toString();
            box->setItemText(i, m_available.contains(name) ? backboneTitle(name)
                                                           : tr("%1 \u2013 weights missing").arg(backboneTitle(name)));
        }
    if (m_chosen || m_available.contains(chosen(m_backbone))) return;
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

// What a method does not look at is not asked.
void TrainingForm::onMethodChanged() {
    const std::string name = method().toStdString();
    const int networks = engine::methodNetworks(name);
    m_backboneRow.setShown(networks > 0);
    m_partnerRow.setShown(networks > 1);
    m_coresetRow.setShown(engine::methodSettings(name).contains("coreset"));
    m_advanced->setMethod(method());
    Q_EMIT changed();
}

void TrainingForm::onBackboneChanged() {
    m_advanced->setBackbone(chosen(m_backbone));
    Q_EMIT changed();
}

}  // namespace ui
