// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/report/report_form.h"

#include <QCheckBox>
#include <QDir>
#include <QGridLayout>
#include <QHBoxLayout>
#include <QLineEdit>
#include <QPushButton>
#include <QSettings>
#include <QVBoxLayout>
#include <utility>

#include "app/services/person.h"
#include "app/services/reporting/report_files.h"
#include "ui/common/elements.h"
#include "ui/common/elided_label.h"
#include "ui/common/theme.h"
#include "ui/dialogs/dialogs.h"
#include "ui/training/form_rows.h"

namespace ui {

namespace {

using services::PaperSize;
using services::PicturedImages;
using services::ReportFormat;

constexpr int wordWidth = 72;  // what is chosen needs the room more than these short words
const auto authorKey = QStringLiteral("report/author");
const auto picturesKey = QStringLiteral("report/pictures");
const auto paperKey = QStringLiteral("report/paper");
const auto formatsKey = QStringLiteral("report/formats");
const auto folderKey = QStringLiteral("report/folder");

QLineEdit* lineEdit(const char* name) {
    auto* edit = new QLineEdit;
    edit->setObjectName(QString::fromLatin1(name));
    return edit;
}

void choose(QComboBox* box, const QVariant& value) {
    if (const int index = box->findData(value); index >= 0) box->setCurrentIndex(index);
}

}  // namespace

ReportForm::ReportForm(QSettings* settings, Dialogs* dialogs, const QString& projectFolder, QWidget* parent)
    : QWidget(parent),
      m_settings(settings),
      m_dialogs(dialogs),
      m_title(lineEdit("reportTitle")),
      m_author(lineEdit("reportAuthor")),
      m_pictures(new CalmComboBox),
      m_paper(new CalmComboBox),
      m_name(lineEdit("reportName")),
      m_folderLabel(new ElidedLabel(nullptr, Qt::ElideMiddle)),
      m_choose(new QPushButton(tr("Choose folder\u2026"))) {
    auto* column = new QVBoxLayout(this);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(metrics::gap);
    alignWords({addFields(), addFiles()});
    recall(projectFolder);
    for (QLineEdit* edit : {m_title, m_author, m_name})
        connect(edit, &QLineEdit::textChanged, this, &ReportForm::changed);
    for (const auto& [format, box] : m_formats) connect(box, &QCheckBox::toggled, this, &ReportForm::changed);
    connect(m_pictures, &QComboBox::currentIndexChanged, this, &ReportForm::changed);
    connect(m_choose, &QPushButton::clicked, this, [this] {
        m_dialogs->chooseFolder(this, tr("Folder for reports"), m_folder,
                                [this](const QString& folder) { setFolder(folder); });
    });
}

QGridLayout* ReportForm::addFields() {
    m_pictures->setObjectName(QStringLiteral("reportPictures"));
    m_pictures->addItem(tr("Fails, reviews, worst passes"), static_cast<int>(PicturedImages::ThatMatter));
    m_pictures->addItem(tr("False rejects and escapes"), static_cast<int>(PicturedImages::WrongOnly));
    m_pictures->addItem(tr("None"), static_cast<int>(PicturedImages::None));
    m_paper->setObjectName(QStringLiteral("reportPaper"));
    m_paper->addItem(tr("A4"), static_cast<int>(PaperSize::A4));
    m_paper->addItem(tr("Letter"), static_cast<int>(PaperSize::Letter));
    auto* grid = makeFormGrid(wordWidth);
    addFormRow(grid, tr("Title"), m_title, tr("At the head of the report"));
    addFormRow(grid, tr("Made by"), m_author, tr("Who answers for the report; may be left empty"));
    addFormRow(grid, tr("Pictures"), m_pictures, tr("The images that are shown with their overlays, in PDF and HTML"));
    addFormRow(grid, tr("Paper"), m_paper, tr("Of the PDF"));
    static_cast<QVBoxLayout*>(layout())->addLayout(grid);
    return grid;
}

QGridLayout* ReportForm::addFiles() {
    auto* column = static_cast<QVBoxLayout*>(layout());
    column->addSpacing(metrics::gap);
    column->addWidget(new Hairline);
    column->addWidget(new Heading(tr("Files")));
    auto* boxes = new QVBoxLayout;
    boxes->setSpacing(metrics::gap);
    const auto add = [&](ReportFormat format, const QString& text) {
        auto* box = new QCheckBox(text);
        box->setObjectName(QStringLiteral("reportFormat_") + services::endingOf(format));
        m_formats[format] = box;
        boxes->addWidget(box);
    };
    add(ReportFormat::Pdf, tr("PDF, to print and sign"));
    add(ReportFormat::Html, tr("HTML, for a browser"));
    add(ReportFormat::Xlsx, tr("XLSX, for a spreadsheet"));
    add(ReportFormat::Csv, tr("CSV, one line per image"));
    column->addLayout(boxes);
    auto* grid = makeFormGrid(wordWidth);
    addFormRow(grid, tr("File name"), m_name, tr("Without an ending. A file that is there already is kept."));
    m_folderLabel->setObjectName(QStringLiteral("reportFolder"));
    addFormRow(grid, tr("Folder"), m_folderLabel, {});
    m_choose->setObjectName(QStringLiteral("chooseReportFolder"));
    m_choose->setAccessibleName(tr("Choose the folder for reports"));
    m_choose->setAutoDefault(false);
    grid->addWidget(m_choose, grid->rowCount(), 1, Qt::AlignLeft);
    column->addLayout(grid);
    return grid;
}

QString ReportForm::authorIn(const QSettings& settings) {
    return settings.value(authorKey, QString::fromStdString(services::personName())).toString();
}

PaperSize ReportForm::paperIn(const QSettings& settings) {
    const int letter = static_cast<int>(PaperSize::Letter);
    return settings.value(paperKey).toInt() == letter ? PaperSize::Letter : PaperSize::A4;
}

void ReportForm::recall(const QString& projectFolder) {
    m_author->setText(authorIn(*m_settings));
    choose(m_pictures, m_settings->value(picturesKey, 0));
    choose(m_paper, static_cast<int>(paperIn(*m_settings)));
    const QStringList formats = m_settings->value(formatsKey, services::endingOf(ReportFormat::Pdf)).toStringList();
    for (const auto& [format, box] : m_formats) box->setChecked(formats.contains(services::endingOf(format)));
    setFolder(m_settings->value(folderKey, QDir(projectFolder).filePath(QStringLiteral("reports"))).toString());
}

void ReportForm::remember() {
    m_settings->setValue(authorKey, m_author->text());
    m_settings->setValue(picturesKey, m_pictures->currentData());
    m_settings->setValue(paperKey, m_paper->currentData());
    QStringList formats;
    for (const services::ReportFormat format : request().formats) formats.append(services::endingOf(format));
    m_settings->setValue(formatsKey, formats);
}

void ReportForm::setFolder(const QString& folder) {
    const bool another = !std::exchange(m_folder, folder).isEmpty();
    // A default is of one project; what she has chosen is for all.
    if (another) m_settings->setValue(folderKey, folder);
    m_folderLabel->setText(QDir::toNativeSeparators(folder));
    Q_EMIT changed();
}

void ReportForm::setSuggestions(const QString& title, const QString& fileName) {
    m_title->setPlaceholderText(title);
    m_name->setPlaceholderText(fileName);
    Q_EMIT changed();
}

services::ReportRequest ReportForm::request() const {
    const auto textOf = [](const QLineEdit* edit) {
        const QString text = edit->text().trimmed();
        return text.isEmpty() ? edit->placeholderText() : text;
    };
    services::ReportRequest request;
    request.title = textOf(m_title);
    request.author = m_author->text().trimmed();
    request.pictures = static_cast<PicturedImages>(m_pictures->currentData().toInt());
    request.paper = static_cast<PaperSize>(m_paper->currentData().toInt());
    for (const auto& [format, box] : m_formats)
        if (box->isChecked()) request.formats.push_back(format);
    request.folder = m_folder;
    request.name = textOf(m_name);
    return request;
}

QString ReportForm::fault() const {
    const services::ReportRequest asked = request();
    if (asked.formats.empty()) return tr("Choose one of the formats at least.");
    if (asked.name.contains(QLatin1Char('/')) || asked.name.startsWith(QLatin1Char('.')))
        return tr("The file name may not hold a / or begin with a dot.");
    return {};
}

}  // namespace ui
