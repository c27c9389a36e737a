// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/training/advanced_options.h"

#include <QSignalBlocker>
#include <algorithm>
#include <limits>

#include "engine/detector/fit.h"
#include "ui/common/elements.h"
#include "ui/common/flow_layout.h"
#include "ui/common/theme.h"
#include "ui/training/form_rows.h"

namespace ui {

namespace {

void choose(QComboBox* box, const QString& value) {
    box->setCurrentIndex(std::max(0, box->findData(value)));
}

}  // namespace

AdvancedOptions::AdvancedOptions(QWidget* parent)
    : QWidget(parent),
      m_grid(makeFormGrid()),
      m_fitMode(addCombo(
          QStringLiteral("fitModeBox"),
          {tr("Keep the shape"), tr("Stretch to a square"), tr("Square with borders"), tr("Central square")},
          {QStringLiteral("native"), QStringLiteral("stretch"), QStringLiteral("letterbox"), QStringLiteral("crop")})),
      m_stageBox(new QWidget(this)),
      m_stageRow(new FlowLayout(4)),
      m_region(addCombo(QStringLiteral("regionBox"), {tr("Whole image"), tr("Drawn region")},
                        {QStringLiteral("whole"), QStringLiteral("drawn")})),
      m_device(addCombo(QStringLiteral("deviceBox"), {tr("Automatic"), tr("CPU"), tr("GPU (CUDA)")},
                        {QStringLiteral("auto"), QStringLiteral("cpu"), QStringLiteral("cuda")})),
      m_precision(addCombo(QStringLiteral("precisionBox"), {tr("32 bit"), tr("bfloat16")},
                           {QStringLiteral("fp32"), QStringLiteral("bf16")})),
      m_neighbourhood(addCombo(QStringLiteral("neighbourhoodBox"),
                               {tr("Gaussian, then average"), tr("Average"), tr("Gaussian"), tr("None")},
                               {QStringLiteral("gaussian,average"), QStringLiteral("average"),
                                QStringLiteral("gaussian"), QStringLiteral("none")})),
      m_pca(addSpin(QStringLiteral("pcaSpinBox"), 0, 4096, 0)),
      m_index(addCombo(QStringLiteral("indexBox"), {tr("Exact"), tr("Approximate")},
                       {QStringLiteral("exact"), QStringLiteral("approximate")})),
      m_memory(addSpin(QStringLiteral("memorySpinBox"), 0, 1'000'000, 0)),
      m_limit(addSpin(QStringLiteral("limitSpinBox"), 0, 1'000'000, 0)),
      m_seed(addSpin(QStringLiteral("seedSpinBox"), 0, std::numeric_limits<int>::max(), 0)),
      m_epochs(addSpin(QStringLiteral("epochsSpinBox"), 1, 1'000'000, 1)) {
    setObjectName(QStringLiteral("advancedOptions"));
    m_stageBox->setObjectName(QStringLiteral("stageBox"));
    m_stageBox->setLayout(m_stageRow);
    m_pca->setSpecialValueText(tr("All"));
    m_pca->setSingleStep(32);
    m_memory->setSpecialValueText(tr("Automatic"));
    m_memory->setSuffix(tr(" MB"));
    m_memory->setSingleStep(256);
    m_limit->setSpecialValueText(tr("All"));

    setLayout(m_grid);
    addFormRow(m_grid, tr("Shape"), m_fitMode,
               tr("How an image is brought to the size that the network sees. \u201cKeep the shape\u201d takes the "
                  "usual shape of the training images."));
    m_stagesRow = addFormRow(
        m_grid, tr("Layers"), m_stageBox,
        tr("Which layers of the backbone are looked at: those with a low number see fine texture, those with a high "
           "one larger shapes. An x marks a layer that sees more at each place."));
    m_regionRow = addFormRow(m_grid, tr("Region"), m_region, {});
    addFormRow(m_grid, tr("Device"), m_device, tr("Automatic takes a GPU if there is one, and says so if not."));
    addFormRow(m_grid, tr("Precision"), m_precision,
               tr("bfloat16 is faster on processors and GPUs that compute with it, and a little less exact."));
    m_settingRows["epochs"] = addFormRow(m_grid, tr("Epochs"), m_epochs,
                                         tr("How often the training sees every image. More take longer; a training "
                                            "that was stopped goes on from its last epoch."));
    m_settingRows["neighbourhood"] =
        addFormRow(m_grid, tr("Neighbourhood"), m_neighbourhood,
                   tr("What a patch gathers from around it, for the finest stage and for the coarser ones."));
    m_settingRows["pca"] =
        addFormRow(m_grid, tr("Values per patch"), m_pca,
                   tr("How many principal components are kept of each patch: fewer are faster and make a smaller "
                      "model."));
    m_settingRows["index"] = addFormRow(
        m_grid, tr("Patch search"), m_index,
        tr("Exact finds the nearest good patch always; approximate is faster with a very large memory bank."));
    addFormRow(
        m_grid, tr("Memory limit"), m_memory,
        tr("For the patches of the good images; beyond it they are sampled. Automatic is half of what is free."));
    addFormRow(m_grid, tr("Images used"), m_limit,
               tr("At most so many of the training images, evenly spread over them."));
    addFormRow(m_grid, tr("Random seed"), m_seed, tr("The same seed and the same images give the same model."));
    watch();
    setRegionDrawn(false);
}

QComboBox* AdvancedOptions::addCombo(const QString& name, const QStringList& words, const QStringList& values) {
    auto* box = new CalmComboBox(this);
    box->setObjectName(name);
    for (qsizetype i = 0; i < words.size(); ++i) box->addItem(words[i], values[i]);
    return box;
}

QSpinBox* AdvancedOptions::addSpin(const QString& name, int low, int high, int value) {
    auto* box = new CalmSpinBox(this);
    box->setObjectName(name);
    box->setRange(low, high);
    box->setValue(value);
    box->setKeyboardTracking(false);
    return box;
}

void AdvancedOptions::watch() {
    for (auto* box : {m_fitMode, m_region, m_device, m_precision, m_neighbourhood, m_index})
        connect(box, &QComboBox::currentIndexChanged, this, &AdvancedOptions::changed);
    for (auto* box : {m_pca, m_memory, m_limit, m_seed, m_epochs})
        connect(box, &QSpinBox::valueChanged, this, &AdvancedOptions::changed);
}

void AdvancedOptions::setMethod(const QString& method) {
    if (method == m_method) return;
    m_method = method;
    m_defaults = engine::methodSettings(method.toStdString());
    // A setting of the same name whose values are others than those offered here.
    for (const auto& [key, box] : {std::pair("neighbourhood", m_neighbourhood), std::pair("index", m_index)})
        if (has(key) && box->findData(QString::fromStdString(m_defaults.at(key))) < 0) m_defaults.erase(key);
    for (const auto& [key, row] : m_settingRows) row.setShown(has(key.c_str()));
    m_stagesRow.setShown(asksForStages());
    chooseDefaults();
}

// Settings that this method does not have stay as they are: they are not asked.
void AdvancedOptions::chooseDefaults() {
    const QSignalBlocker quiet(this);
    for (const auto& [key, box] : {std::pair("neighbourhood", m_neighbourhood), std::pair("index", m_index)})
        if (has(key)) choose(box, QString::fromStdString(m_defaults.at(key)));
    for (const auto& [key, box] : {std::pair("pca", m_pca), std::pair("epochs", m_epochs)})
        if (has(key)) box->setValue(QString::fromStdString(m_defaults.at(key)).toInt());
}

void AdvancedOptions::setBackbone(const QString& backbone) {
    if (backbone == m_backbone) return;
    m_backbone = backbone;
    qDeleteAll(m_stages);
    m_stages.clear();
    const auto& architecture = engine::architecture(backbone.toStdString());
    for (const std::string& stage : architecture.stages) {
        auto* chip = new Chip(QString::fromStdString(stage), m_stageBox);
        chip->setObjectName(QStringLiteral("stage") + chip->text());
        chip->setAccessibleName(tr("Stage %1").arg(chip->text()));
        chip->setChecked(std::find(architecture.defaultStages.begin(), architecture.defaultStages.end(), stage) !=
                         architecture.defaultStages.end());
        m_stageRow->addWidget(chip);
        m_stages.append(chip);
        // One stage stays: without any there is nothing to look at.
        connect(chip, &Chip::toggled, this, [this, chip](bool) {
            if (std::none_of(m_stages.begin(), m_stages.end(), [](const Chip* c) { return c->isChecked(); })) {
                const QSignalBlocker quiet(chip);
                chip->setChecked(true);
                return;
            }
            Q_EMIT changed();
        });
    }
}

void AdvancedOptions::setRegionDrawn(bool drawn) {
    const bool first = drawn != m_regionDrawn;
    m_regionDrawn = drawn;
    m_region->setEnabled(drawn);
    m_region->setItemText(0, drawn ? tr("Whole image") : tr("None drawn"));
    const QString meaning =
        drawn
            ? tr("Inspect the whole image, or only the region of interest that was drawn over it.")
            : tr("The whole image is inspected: no region of interest is drawn. The Images page has the tool for it.");
    for (QWidget* part : {m_regionRow.word, m_regionRow.field}) part->setToolTip(meaning);
    if (!drawn || first) choose(m_region, drawn ? QStringLiteral("drawn") : QStringLiteral("whole"));
}

void AdvancedOptions::writeTo(services::TrainRequest& request) const {
    request.fitMode = engine::fitModeFromName(m_fitMode->currentData().toString().toStdString());
    request.stages.clear();
    for (const Chip* chip : m_stages)
        if (asksForStages() && chip->isChecked()) request.stages.push_back(chip->text().toStdString());
    if (!m_backbone.isEmpty() && request.stages == engine::architecture(m_backbone.toStdString()).defaultStages)
        request.stages.clear();
    request.useRegion = m_region->currentData().toString() == QLatin1String("drawn");
    request.device = m_device->currentData().toString();
    request.precision = m_precision->currentData().toString() == QLatin1String("bf16") ? engine::Precision::Bf16
                                                                                       : engine::Precision::Fp32;
    const auto set = [&](const char* key, const std::string& value) {
        if (has(key) && m_defaults.at(key) != value) request.settings[key] = value;
    };
    set("neighbourhood", m_neighbourhood->currentData().toString().toStdString());
    set("pca", std::to_string(m_pca->value()));
    set("index", m_index->currentData().toString().toStdString());
    set("epochs", std::to_string(m_epochs->value()));
    request.memoryBudgetBytes = std::int64_t{m_memory->value()} * 1'000'000;
    request.limit = m_limit->value();
    request.seed = static_cast<std::uint64_t>(m_seed->value());
}

void AdvancedOptions::reset() {
    {
        const QSignalBlocker quiet(this);
        for (auto* box : {m_fitMode, m_device, m_precision}) box->setCurrentIndex(0);
        choose(m_region, m_regionDrawn ? QStringLiteral("drawn") : QStringLiteral("whole"));
        chooseDefaults();
        for (auto* box : {m_memory, m_limit, m_seed}) box->setValue(0);
        const QString backbone = std::exchange(m_backbone, {});
        if (!backbone.isEmpty()) setBackbone(backbone);
    }
    Q_EMIT changed();
}

bool AdvancedOptions::isDefault() const {
    services::TrainRequest mine;
    writeTo(mine);
    const services::TrainRequest usual;
    return mine.fitMode == usual.fitMode && mine.stages.empty() && mine.useRegion == m_regionDrawn &&
           mine.device == usual.device && mine.precision == usual.precision && mine.settings.empty() &&
           mine.memoryBudgetBytes == 0 && mine.limit == 0 && mine.seed == usual.seed;
}

}  // namespace ui
