// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/training/weights_box.h"

#include <QClipboard>
#include <QDir>
#include <QDragEnterEvent>
#include <QFileInfo>
#include <QGuiApplication>
#include <QHBoxLayout>
#include <QLabel>
#include <QMimeData>
#include <QPainter>
#include <QPushButton>
#include <QVBoxLayout>

#include "app/services/inspection/train_request.h"
#include "ui/common/breakable.h"
#include "ui/common/elements.h"
#include "ui/common/theme.h"
#include "ui/dialogs/dialogs.h"
#include "ui/training/controls.h"
#include "ui/training/message_line.h"
#include "ui/training/weight_sources.h"

namespace ui {

namespace {

// Where a file may be dropped: a dashed outline, in the accent's colour while one is above it.
class DropZone : public QWidget {
public:
    using QWidget::QWidget;
    void setHot(bool hot) {
        m_hot = hot;
        update();
    }

protected:
    void paintEvent(QPaintEvent*) override {
        const Colours& colours = coloursOf(*this);
        QPainter painter(this);
        painter.setRenderHint(QPainter::Antialiasing);
        painter.setBrush(colours.field);
        painter.setPen(m_hot ? QPen(colours.accent, 2) : QPen(colours.secondary, 1, Qt::DashLine));
        painter.drawRoundedRect(QRectF(rect()).adjusted(1, 1, -1, -1), metrics::radius, metrics::radius);
    }

private:
    bool m_hot = false;
};

QString oneLocalFile(const QMimeData* data) {
    const auto urls = data->urls();
    return urls.size() == 1 ? urls.first().toLocalFile() : QString();
}

void setHot(QWidget* zone, bool hot) {
    static_cast<DropZone*>(zone)->setHot(hot);
}

}  // namespace

WeightsBox::WeightsBox(services::JobRunner* jobs, services::WeightStore weights, Dialogs* dialogs, QWidget* parent)
    : QWidget(parent),
      m_jobs(jobs),
      m_weights(std::move(weights)),
      m_dialogs(dialogs),
      m_title(new QLabel(this)),
      m_where(new Note({}, this)),
      m_what(new QLabel(this)),
      m_copy(new LinkButton(tr("Copy"), this)),
      m_zone(new DropZone(this)),
      m_choose(new QPushButton(tr("Choose file\u2026"), this)),
      m_message(new MessageLine(this)) {
    setObjectName(QStringLiteral("weightsBox"));
    setAcceptDrops(true);
    QFont strong = textFont();
    strong.setWeight(QFont::DemiBold);
    m_title->setFont(strong);
    m_title->setWordWrap(true);
    m_title->setObjectName(QStringLiteral("weightsTitle"));
    m_where->setObjectName(QStringLiteral("weightsWhere"));
    m_what->setObjectName(QStringLiteral("weightsWhat"));
    m_what->setWordWrap(true);
    m_what->setTextInteractionFlags(Qt::TextSelectableByMouse | Qt::TextSelectableByKeyboard);
    m_copy->setObjectName(QStringLiteral("copyWeightsSource"));
    m_copy->setToolTip(tr("Copy the name, to search for it elsewhere"));
    m_copy->setAccessibleName(tr("Copy the name"));
    m_choose->setObjectName(QStringLiteral("chooseWeights"));
    m_choose->setAccessibleName(tr("Choose the weight file"));
    m_choose->setAutoDefault(false);
    m_choose->setFixedHeight(metrics::rowHeight);
    m_message->setObjectName(QStringLiteral("weightsMessage"));

    auto* drop = new QLabel(tr("Drop the weight file here"), m_zone);
    drop->setAlignment(Qt::AlignCenter);
    auto* zone = new QVBoxLayout(m_zone);
    zone->setContentsMargins(metrics::margin, metrics::margin, metrics::margin, metrics::margin);
    zone->setSpacing(metrics::gap);
    zone->addWidget(drop);
    zone->addWidget(m_choose, 0, Qt::AlignHCenter);

    auto* what = new QHBoxLayout;
    what->setSpacing(metrics::gap);
    what->addWidget(m_what, 1);
    what->addWidget(m_copy, 0, Qt::AlignTop);
    auto* column = new QVBoxLayout(this);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(metrics::gap);
    column->addWidget(m_title);
    column->addWidget(m_where);
    column->addLayout(what);
    column->addWidget(m_zone);
    column->addWidget(m_message);
    connect(m_choose, &QPushButton::clicked, this, &WeightsBox::chooseFile);
    connect(m_copy, &QPushButton::clicked, this, [this] { QGuiApplication::clipboard()->setText(m_source); });
    connect(m_jobs, &services::JobRunner::failed, this, [this](services::JobId id, const QString& message) {
        if (id == m_checking) m_message->setFault(message);
    });
    connect(m_jobs, &services::JobRunner::stateChanged, this, [this](services::JobId id, services::JobState state) {
        using services::JobState;
        if (id != m_checking) return;
        if (state == JobState::Done || state == JobState::Failed || state == JobState::Cancelled) {
            m_checking = 0;
            m_choose->setEnabled(true);
        }
    });
}

void WeightsBox::setBackbone(const QString& backbone) {
    if (backbone == m_backbone) return;
    if (m_checking != 0 && m_jobs) m_jobs->cancel(m_checking);
    m_backbone = backbone;
    const WeightSource source = weightSource(backbone);
    m_title->setText(tr("The weights of %1 are missing").arg(backboneTitle(backbone)));
    m_where->setText(
        tr("Training starts from a pre-trained network. %1 This program never goes online.").arg(source.where));
    m_source = source.what;
    m_what->setText(breakable(m_source));
    m_message->clear();
}

void WeightsBox::addFile(const QString& path) {
    if (m_checking != 0) return;
    m_message->setText(tr("Checking %1\u2026").arg(QFileInfo(path).fileName()));
    m_choose->setEnabled(false);
    m_checking = m_jobs->start(
        {},
        [weights = m_weights, file = services::pathOf(path),
         backbone = m_backbone.toStdString()](const engine::RunContext& context) {
            return QString::fromStdString(weights.add(file, backbone, context).backbone);
        },
        [box = QPointer(this)](const QString& backbone) {
            if (!box) return;
            box->m_message->clear();
            Q_EMIT box->added(backbone);
        },
        true);
}

void WeightsBox::chooseFile() {
    m_dialogs->chooseFile(this, tr("Weight file of %1").arg(backboneTitle(m_backbone)), QDir::homePath(),
                          tr("Weights (*.pth *.pt *.safetensors);;All files (*)"),
                          [box = QPointer(this)](const QString& path) {
                              if (box) box->addFile(path);
                          });
}

void WeightsBox::dragEnterEvent(QDragEnterEvent* event) {
    if (m_checking != 0 || oneLocalFile(event->mimeData()).isEmpty()) return;
    event->acceptProposedAction();
    setHot(m_zone, true);
}

void WeightsBox::dragLeaveEvent(QDragLeaveEvent* event) {
    QWidget::dragLeaveEvent(event);
    setHot(m_zone, false);
}

void WeightsBox::dropEvent(QDropEvent* event) {
    setHot(m_zone, false);
    event->acceptProposedAction();
    addFile(oneLocalFile(event->mimeData()));
}

}  // namespace ui
