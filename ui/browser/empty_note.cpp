// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/browser/empty_note.h"

#include <QPushButton>
#include <QVBoxLayout>

#include "ui/common/elements.h"
#include "ui/common/theme.h"

namespace ui {

EmptyNote::EmptyNote(QWidget* parent)
    : QWidget(parent), m_sentence(new Note), m_clear(new QPushButton(tr("Clear the filter"))) {
    setObjectName(QStringLiteral("emptyNote"));
    setAutoFillBackground(true);
    m_sentence->setObjectName(QStringLiteral("emptySentence"));
    m_sentence->setAlignment(Qt::AlignCenter);
    m_clear->setObjectName(QStringLiteral("clearFilterButton"));
    m_clear->setAccessibleName(m_clear->text());
    auto* layout = new QVBoxLayout(this);
    layout->setContentsMargins(metrics::margin, 0, metrics::margin, 0);
    layout->setSpacing(metrics::margin);
    layout->addStretch(2);
    layout->addWidget(m_sentence);
    layout->addWidget(m_clear, 0, Qt::AlignHCenter);
    layout->addStretch(3);
    connect(m_clear, &QPushButton::clicked, this, &EmptyNote::clearWanted);
    hide();
}

void EmptyNote::say(const QString& sentence, bool filtered) {
    m_sentence->setText(sentence);
    m_clear->setVisible(filtered);
}

}  // namespace ui
