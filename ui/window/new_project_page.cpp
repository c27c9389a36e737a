// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/window/new_project_page.h"

#include <QFileInfo>
#include <QFormLayout>
#include <QHBoxLayout>
#include <QLabel>
#include <QLineEdit>
#include <QPushButton>
#include <QScrollArea>
#include <QVBoxLayout>

#include "ui/common/breakable.h"
#include "ui/common/elements.h"
#include "ui/common/elided_line_edit.h"
#include "ui/common/primary_button.h"
#include "ui/common/theme.h"
#include "ui/training/message_line.h"
#include "ui/window/drop_frame.h"
#include "ui/window/preview_texts.h"

namespace ui {

namespace {

constexpr int columnWidth = 640;
constexpr int samplePx = 112;

}  // namespace

NewProjectPage::NewProjectPage(QWidget* parent) : QWidget(parent), m_drop(makeDrop()), m_found(makeFound()) {
    setObjectName(QStringLiteral("newProjectPage"));
    auto* title = new QLabel(tr("New project"));
    QFont large = font();
    large.setPixelSize(22);
    large.setWeight(QFont::DemiBold);
    title->setFont(large);
    m_message = new MessageLine;
    m_message->setObjectName(QStringLiteral("newProjectMessage"));
    m_create = new PrimaryButton(tr("&Create project"));
    m_create->setObjectName(QStringLiteral("createProjectButton"));
    m_create->setDefault(true);
    m_cancel = new PrimaryButton(tr("Cancel"));
    m_cancel->setFilled(false);
    m_cancel->setObjectName(QStringLiteral("cancelNewProjectButton"));
    auto* buttons = new QHBoxLayout;
    buttons->setSpacing(metrics::gap);
    buttons->addStretch(1);
    buttons->addWidget(m_cancel);
    buttons->addWidget(m_create);

    auto* column = new QWidget;
    column->setMaximumWidth(columnWidth);
    auto* layout = new QVBoxLayout(column);
    layout->setContentsMargins(24, 24, 24, 16);
    layout->setSpacing(metrics::gap);
    layout->addWidget(title);
    layout->addSpacing(8);
    layout->addWidget(m_drop);
    layout->addWidget(m_message);
    layout->addWidget(m_found);
    layout->addSpacing(16);
    layout->addLayout(buttons);
    layout->addStretch(1);

    auto* centred = new QWidget;
    auto* centre = new QHBoxLayout(centred);
    centre->setContentsMargins(0, 0, 0, 0);
    centre->addStretch(1);
    centre->addWidget(column, 100);
    centre->addStretch(1);
    auto* scroll = new QScrollArea;
    scroll->setFrameShape(QFrame::NoFrame);
    scroll->setWidgetResizable(true);
    scroll->setFocusPolicy(Qt::NoFocus);
    scroll->setWidget(centred);
    auto* page = new QVBoxLayout(this);
    page->setContentsMargins(0, 0, 0, 0);
    page->addWidget(scroll);

    connect(m_create, &QPushButton::clicked, this, &NewProjectPage::createRequested);
    connect(m_cancel, &QPushButton::clicked, this, &NewProjectPage::cancelled);
    connect(m_name, &QLineEdit::textChanged, this, &NewProjectPage::updateButtons);
    connect(m_location, &QLineEdit::textChanged, this, &NewProjectPage::updateButtons);
    reset({});
}

DropFrame* NewProjectPage::makeDrop() {
    auto* frame = new DropFrame(this);
    frame->setObjectName(QStringLiteral("dropFrame"));
    m_choose = new QPushButton(tr("Choose a &folder…"));
    m_choose->setObjectName(QStringLiteral("chooseImagesButton"));
    m_chooseList = new QPushButton(tr("Choose a CSV &list…"));
    m_chooseList->setObjectName(QStringLiteral("chooseListButton"));
    connect(m_choose, &QPushButton::clicked, this, &NewProjectPage::chooseImagesRequested);
    connect(m_chooseList, &QPushButton::clicked, this, &NewProjectPage::chooseListRequested);
    auto* row = new QHBoxLayout;
    row->setSpacing(metrics::gap);
    row->addStretch(1);
    row->addWidget(m_choose);
    row->addWidget(m_chooseList);
    row->addStretch(1);
    m_source = new QLabel;
    m_source->setObjectName(QStringLiteral("sourceLabel"));
    m_source->setAlignment(Qt::AlignCenter);
    m_source->setWordWrap(true);
    m_source->setTextInteractionFlags(Qt::TextSelectableByMouse);
    m_layouts =
        new Note(tr("Recognised: good/ beside scratch/, MVTec's layout, a flat folder of good images, a CSV list"));
    m_layouts->setAlignment(Qt::AlignCenter);
    auto* column = new QVBoxLayout(frame);
    column->setContentsMargins(24, 16, 24, 16);
    column->setSpacing(metrics::margin);
    column->addWidget(m_source);
    column->addLayout(row);
    column->addWidget(m_layouts);
    return frame;
}

QWidget* NewProjectPage::makeFound() {
    m_layout = new QLabel;
    m_layout->setObjectName(QStringLiteral("layoutLabel"));
    m_counts = new QLabel;
    m_counts->setObjectName(QStringLiteral("countsLabel"));
    m_counts->setWordWrap(true);
    m_warnings = new Note;
    m_warnings->setObjectName(QStringLiteral("warningsLabel"));
    m_samples = new QHBoxLayout;
    m_samples->setSpacing(metrics::gap);
    m_name = new ElidedLineEdit;
    m_name->setObjectName(QStringLiteral("projectNameEdit"));
    m_name->setMaxLength(80);
    m_location = new ElidedLineEdit;
    m_location->setObjectName(QStringLiteral("locationEdit"));
    auto* browse = new QPushButton(tr("C&hange…"));
    browse->setObjectName(QStringLiteral("chooseLocationButton"));
    connect(browse, &QPushButton::clicked, this, &NewProjectPage::chooseLocationRequested);
    auto* locationRow = new QHBoxLayout;
    locationRow->setSpacing(metrics::gap);
    locationRow->addWidget(m_location, 1);
    locationRow->addWidget(browse);
    auto* form = new QFormLayout;
    form->setHorizontalSpacing(16);
    form->setVerticalSpacing(metrics::gap);
    form->setFieldGrowthPolicy(QFormLayout::AllNonFixedFieldsGrow);
    form->addRow(tr("&Name"), m_name);
    auto* locationLabel = new QLabel(tr("&Saved in"));
    locationLabel->setBuddy(m_location);
    form->addRow(locationLabel, locationRow);

    auto* found = new QWidget(this);
    auto* column = new QVBoxLayout(found);
    column->setContentsMargins(0, metrics::gap, 0, 0);
    column->setSpacing(metrics::gap);
    column->addWidget(new Heading(tr("What was found")));
    column->addWidget(m_layout);
    column->addWidget(m_counts);
    column->addLayout(m_samples);
    column->addWidget(m_warnings);
    column->addSpacing(8);
    column->addWidget(new Hairline);
    column->addSpacing(8);
    column->addLayout(form);
    column->addWidget(
        new Note(tr("The project keeps labels, thresholds and models. Images stay where they are and are "
                    "never changed.")));
    return found;
}

void NewProjectPage::setDragOver(bool over) {
    m_drop->setLit(over);
}

void NewProjectPage::reset(const QString& location) {
    m_hasPreview = false;
    m_creating = false;
    m_source->setText(tr("Drop a folder of images here, or choose one"));
    m_message->clear();
    m_found->hide();
    m_layouts->show();
    m_name->clear();
    m_location->setText(location);
    updateButtons();
}

void NewProjectPage::setLooking(const QString& folder) {
    m_hasPreview = false;
    m_found->hide();
    m_layouts->show();
    m_folder = folder;
    m_source->setText(breakable(folder));
    m_message->setText(tr("Looking at what is there…"));
    m_name->setText(QFileInfo(folder).completeBaseName());
    updateButtons();
}

void NewProjectPage::setPreview(const services::ImageSetPreview& preview, const QVector<QImage>& samples) {
    m_hasPreview = true;
    m_message->clear();
    m_layout->setText(preview.layout);
    m_counts->setText(countsOf(preview));
    m_warnings->setText(warningsOf(preview.warnings));
    m_warnings->setVisible(!preview.warnings.isEmpty());
    while (QLayoutItem* item = m_samples->takeAt(0)) {
        delete item->widget();
        delete item;
    }
    for (qsizetype i = 0; i < samples.size(); ++i) {
        auto* picture = new QLabel;
        picture->setObjectName(QStringLiteral("sampleImage%1").arg(i));
        picture->setFixedWidth(samplePx);
        picture->setAlignment(Qt::AlignCenter);
        const QString file = QFileInfo(preview.samples.value(i)).fileName();
        picture->setAccessibleName(file);
        picture->setToolTip(preview.samples.value(i));
        if (samples[i].isNull()) {
            picture->setWordWrap(true);
            picture->setText(tr("unreadable"));
        } else {
            QPixmap pixmap = QPixmap::fromImage(samples[i].scaled(QSize(samplePx, samplePx) * devicePixelRatioF(),
                                                                  Qt::KeepAspectRatio, Qt::SmoothTransformation));
            pixmap.setDevicePixelRatio(devicePixelRatioF());
            picture->setPixmap(pixmap);
        }
        m_samples->addWidget(picture, 0, Qt::AlignTop);
    }
    m_samples->addStretch(1);
    m_layouts->hide();
    m_found->show();
    updateButtons();
    m_create->setFocus();
}

void NewProjectPage::setError(const QString& message) {
    m_creating = false;
    // Which folder it is stands above.
    const QString about = m_folder + QStringLiteral(": ");
    QString text = message.startsWith(about) ? message.mid(about.size()) : message;
    if (!text.isEmpty()) text[0] = text[0].toUpper();
    m_message->setFault(text);
    updateButtons();
}

void NewProjectPage::setLocation(const QString& folder) {
    m_location->setText(folder);
}

void NewProjectPage::setCreating(bool creating) {
    m_creating = creating;
    if (creating) m_message->setText(tr("Making the project…"));
    updateButtons();
}

QString NewProjectPage::projectName() const {
    return m_name->text().trimmed();
}

QString NewProjectPage::location() const {
    return m_location->text().trimmed();
}

void NewProjectPage::updateButtons() {
    m_create->setEnabled(m_hasPreview && !m_creating && !projectName().isEmpty() && !location().isEmpty());
    m_choose->setEnabled(!m_creating);
    m_chooseList->setEnabled(!m_creating);
}

}  // namespace ui
