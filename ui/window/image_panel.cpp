// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/window/image_panel.h"

#include <QButtonGroup>
#include <QComboBox>
#include <QDateTime>
#include <QHBoxLayout>
#include <QLabel>
#include <QLineEdit>
#include <QLocale>
#include <QPushButton>
#include <QRadioButton>
#include <QSignalBlocker>
#include <QVBoxLayout>
#include <utility>

#include "ui/browser/words.h"
#include "ui/common/breakable.h"
#include "ui/common/elements.h"
#include "ui/common/elided_line_edit.h"
#include "ui/common/theme.h"
#include "ui/training/work_texts.h"

namespace ui {

namespace {

QString wordOf(engine::Split split) {
    return split == engine::Split::Train ? ImagePanel::tr("Training image") : ImagePanel::tr("Test image");
}

QPushButton* flatButton(const QString& name, const QString& text) {
    auto* button = new QPushButton(text);
    button->setObjectName(name);
    return button;
}

QHBoxLayout* row(std::initializer_list<QWidget*> widgets) {
    auto* layout = new QHBoxLayout;
    layout->setSpacing(metrics::gap);
    for (QWidget* widget : widgets) layout->addWidget(widget);
    layout->addStretch(1);
    return layout;
}

}  // namespace

ImagePanel::ImagePanel(services::Project* project, QWidget* parent) : QWidget(parent), m_project(project) {
    setObjectName(QStringLiteral("imagePanel"));
    m_name = new QLabel;
    m_name->setObjectName(QStringLiteral("imageName"));
    m_name->setWordWrap(true);
    m_name->setTextInteractionFlags(Qt::TextSelectableByMouse);
    m_facts = new Note;

    m_labels = new QButtonGroup(this);
    const auto addLabel = [&](engine::Label label, const QString& name, const QString& text) {
        auto* button = new QRadioButton(text);
        button->setObjectName(name);
        m_labels->addButton(button, static_cast<int>(label));
        return button;
    };
    auto* good = addLabel(engine::Label::Good, QStringLiteral("labelGood"), tr("Good  (G)"));
    auto* defect = addLabel(engine::Label::Defect, QStringLiteral("labelDefect"), tr("Defect  (D)"));
    auto* unlabelled = addLabel(engine::Label::Unlabelled, QStringLiteral("labelUnlabelled"), tr("Unlabelled  (U)"));
    m_type = new QComboBox;
    m_type->setObjectName(QStringLiteral("defectTypeCombo"));
    m_type->setAccessibleName(tr("Defect type"));
    m_type->setLineEdit(new ElidedLineEdit);  // which makes it editable
    m_type->setInsertPolicy(QComboBox::NoInsert);
    m_type->setSizeAdjustPolicy(QComboBox::AdjustToMinimumContentsLengthWithIcon);  // not to the longest type
    m_type->lineEdit()->setPlaceholderText(tr("Defect type, such as scratch"));

    m_editMask = flatButton(QStringLiteral("editMaskButton"), tr("Draw"));
    m_editMask->setCheckable(true);
    m_editMask->setAccessibleName(tr("Draw the defect mask"));
    m_clearMask = flatButton(QStringLiteral("clearMaskButton"), tr("Back to the original"));
    m_maskNote = new Note;
    m_maskNote->setObjectName(QStringLiteral("maskNote"));
    m_editRegion = flatButton(QStringLiteral("editRegionButton"), tr("Draw"));
    m_editRegion->setCheckable(true);
    m_editRegion->setAccessibleName(tr("Draw the region of interest"));
    m_clearRegion = flatButton(QStringLiteral("clearRegionButton"), tr("Whole image"));
    m_regionNote = new Note;
    m_counts = new Note;
    m_counts->setObjectName(QStringLiteral("setCounts"));

    auto* layout = new QVBoxLayout(this);
    layout->setContentsMargins(metrics::margin, metrics::margin, metrics::margin, metrics::margin);
    layout->setSpacing(metrics::gap);
    const auto section = [&](const QString& title) {
        layout->addSpacing(8);
        layout->addWidget(new Hairline);
        layout->addSpacing(4);
        layout->addWidget(new Heading(title));
    };
    layout->addWidget(new Heading(tr("Image")));
    layout->addWidget(m_name);
    layout->addWidget(m_facts);
    section(tr("Label"));
    layout->addWidget(good);
    layout->addWidget(defect);
    layout->addWidget(m_type);
    layout->addWidget(unlabelled);
    section(tr("Defect mask"));
    layout->addWidget(m_maskNote);
    layout->addLayout(row({m_editMask, m_clearMask}));
    section(tr("Region of interest, for all images"));
    layout->addWidget(m_regionNote);
    layout->addLayout(row({m_editRegion, m_clearRegion}));
    section(tr("Image set"));
    layout->addWidget(m_counts);
    layout->addStretch(1);

    connect(m_labels, &QButtonGroup::idClicked, this, [this](int id) {
        const auto chosen = static_cast<engine::Label>(id);
        label(chosen, chosen == engine::Label::Defect ? chosenType() : QString());
    });
    connect(m_type, &QComboBox::activated, this, [this] { label(engine::Label::Defect, chosenType()); });
    connect(m_type->lineEdit(), &QLineEdit::editingFinished, this, [this] {
        const int index = m_image ? m_project->rowOf(*m_image) : -1;
        const QString type = chosenType();
        if (index >= 0 && !type.isEmpty() && m_project->images()[static_cast<std::size_t>(index)].defectType != type)
            label(engine::Label::Defect, type);
    });
    connect(m_editMask, &QPushButton::clicked, this, &ImagePanel::editMaskRequested);
    connect(m_editRegion, &QPushButton::clicked, this, &ImagePanel::editRegionRequested);
    connect(m_clearMask, &QPushButton::clicked, this, [this] {
        if (m_image) m_project->setMask(*m_image, {});
    });
    connect(m_clearRegion, &QPushButton::clicked, this, [this] { m_project->setRegion({}); });
    connect(m_project, &services::Project::labelsChanged, this, [this] {
        updateTypes();
        refresh();
    });
    connect(m_project, &services::Project::maskChanged, this, &ImagePanel::refresh);
    connect(m_project, &services::Project::regionChanged, this, &ImagePanel::refresh);
    updateTypes();
    refresh();
}

void ImagePanel::setImage(std::optional<services::ImageId> id) {
    m_image = id;
    refresh();
}

void ImagePanel::setPictureShown(bool shown) {
    if (std::exchange(m_pictureShown, shown) != shown) refresh();
}

void ImagePanel::setEditing(bool mask, bool region) {
    m_editMask->setChecked(mask);
    m_editRegion->setChecked(region);
}

void ImagePanel::label(engine::Label label, const QString& type) {
    if (!m_image) return;
    const services::ImageId id = *m_image;
    m_project->setLabels({&id, 1}, label, type);
}

void ImagePanel::updateTypes() {
    const QSignalBlocker quiet(m_type);
    const QString typed = m_type->currentText();
    m_type->clear();
    for (const QString& type : m_project->defectTypes()) m_type->addItem(defectTypeWord(type), type);
    m_type->setEditText(typed);
}

// A type that is known already is meant, however its letters are written.
QString ImagePanel::chosenType() const {
    const QString typed = m_type->currentText().trimmed();
    for (const QString& type : m_project->defectTypes())
        for (const QString& known : {type, defectTypeWord(type)})
            if (known.compare(typed, Qt::CaseInsensitive) == 0) return type;
    return typed;
}

QString ImagePanel::whyNotDraw() const {
    if (!m_image || m_project->rowOf(*m_image) < 0) return tr("No image is selected");
    if (m_project->isReadOnly()) return m_project->readOnlyReason();
    return m_pictureShown ? QString() : tr("There is no image to draw on");
}

void ImagePanel::refresh() {
    const QLocale locale;
    const int index = m_image ? m_project->rowOf(*m_image) : -1;
    const bool any = index >= 0;
    const bool writable = !m_project->isReadOnly();
    for (QAbstractButton* button : m_labels->buttons()) button->setEnabled(any && writable);
    m_type->setEnabled(any && writable);
    for (QPushButton* draw : {m_editMask, m_editRegion}) {
        draw->setToolTip(whyNotDraw());
        draw->setEnabled(draw->toolTip().isEmpty());
    }
    m_clearRegion->setEnabled(writable && !m_project->region().isNull());
    // Nobody is asked for what cannot be done.
    const auto invite = [](bool can, const QString& state, const QString& invitation) {
        return can ? state + QLatin1Char(' ') + invitation : state;
    };
    m_regionNote->setText(m_project->region().isNull()
                              ? invite(m_editRegion->isEnabled(), tr("Everything is inspected."),
                                       tr("Paint the part to inspect, or erase what varies for no reason."))
                              : tr("Only the painted part is learned and inspected, from the next training on."));

    qint64 good = 0, defect = 0, unlabelled = 0;
    for (const services::ImageRecord& image : m_project->images()) {
        good += image.label == engine::Label::Good;
        defect += image.label == engine::Label::Defect;
        unlabelled += image.label == engine::Label::Unlabelled;
    }
    m_counts->setText(tr("%1\u00A0images: %2\u00A0good, %3\u00A0defective, %4\u00A0unlabelled\n%5")
                          .arg(locale.toString(static_cast<qint64>(m_project->images().size())), locale.toString(good),
                               locale.toString(defect), locale.toString(unlabelled),
                               breakable(m_project->imageRoot())));
    if (!any) {
        m_name->setText(tr("No image is selected"));
        m_name->setAccessibleName(m_name->text());
        m_facts->clear();
        m_clearMask->setEnabled(false);
        m_maskNote->setText(tr("Where the defect is, for pixel metrics."));
        return;
    }
    const services::ImageRecord& image = m_project->images()[static_cast<std::size_t>(index)];
    m_name->setText(breakable(image.name));
    m_name->setAccessibleName(image.name);
    m_facts->setText(image.failure.isEmpty()
                         ? tr("%1 · %2 · %3")
                               .arg(wordOf(image.split), sizeText(image.file.sizeBytes),
                                    locale.toString(QDateTime::fromMSecsSinceEpoch(image.file.modifiedMs).date(),
                                                    QLocale::ShortFormat))
                         : breakable(image.failure));
    if (auto* button = m_labels->button(static_cast<int>(image.label))) button->setChecked(true);
    if (!m_type->lineEdit()->hasFocus()) {
        const QSignalBlocker quiet(m_type);
        m_type->setEditText(defectTypeWord(image.defectType));
        m_type->lineEdit()->setCursorPosition(0);  // of a long one the beginning is shown
        m_type->setToolTip(m_type->currentText());
    }
    m_clearMask->setEnabled(writable && image.maskEdited);
    const bool mayHaveDefect = image.label != engine::Label::Good;
    m_maskNote->setText(image.maskEdited       ? tr("Drawn here.")
                        : image.mask.isEmpty() ? invite(mayHaveDefect && m_editMask->isEnabled(), tr("None."),
                                                        tr("Draw where the defect is, for pixel metrics."))
                                               : tr("Came with the image set."));
}

}  // namespace ui
