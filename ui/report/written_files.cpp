// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/report/written_files.h"

#include <QDesktopServices>
#include <QDir>
#include <QFileInfo>
#include <QHBoxLayout>
#include <QUrl>
#include <QVBoxLayout>

#include "ui/common/theme.h"
#include "ui/training/controls.h"
#include "ui/training/message_line.h"

namespace ui {

WrittenFiles::WrittenFiles(const QString& name, QWidget* parent)
    : QWidget(parent),
      m_text(new MessageLine(this)),
      m_open(new LinkButton(tr("Open"), this)),
      m_show(new LinkButton(tr("Show folder"), this)) {
    setObjectName(name);
    m_open->setObjectName(name + QStringLiteral("Open"));
    m_show->setObjectName(name + QStringLiteral("Folder"));
    m_open->setAccessibleName(tr("Open the first file"));
    auto* links = new QHBoxLayout;
    links->setSpacing(metrics::margin);
    links->addWidget(m_open);
    links->addWidget(m_show);
    links->addStretch(1);
    auto* column = new QVBoxLayout(this);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(4);
    column->addWidget(m_text);
    column->addLayout(links);
    connect(m_open, &QPushButton::clicked, this,
            [this] { QDesktopServices::openUrl(QUrl::fromLocalFile(m_files.first())); });
    connect(m_show, &QPushButton::clicked, this,
            [this] { QDesktopServices::openUrl(QUrl::fromLocalFile(QFileInfo(m_files.first()).absolutePath())); });
    hide();
}

void WrittenFiles::setFiles(const QStringList& files) {
    m_files = files;
    setVisible(!files.isEmpty());
    if (files.isEmpty()) return;
    QStringList paths;
    for (const QString& file : files) paths.append(QDir::toNativeSeparators(file));
    m_text->setText(tr("Written: %1").arg(paths.join(QStringLiteral(", "))));
}

}  // namespace ui
