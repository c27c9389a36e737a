// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/threshold/rule_box.h"

#include <QDoubleSpinBox>
#include <QHBoxLayout>
#include <QLocale>
#include <QPushButton>
#include <QVBoxLayout>
#include <QWheelEvent>

#include "engine/metrics/operating_point.h"
#include "ui/common/elements.h"
#include "ui/common/theme.h"
#include "ui/threshold/score_scale.h"

namespace ui {

namespace {

constexpr auto ruleProperty = "rule";

class RateSpinBox : public QDoubleSpinBox {
public:
    using QDoubleSpinBox::QDoubleSpinBox;

protected:
    void wheelEvent(QWheelEvent* event) override {
        if (hasFocus())
            QDoubleSpinBox::wheelEvent(event);
        else
            event->ignore();
    }
};

// "1", "0.5": no more digits than were typed.
QString shortPercent(double percent) {
    return QLocale().toString(percent, 'g', 4);
}

}  // namespace

RuleBox::RuleBox(QWidget* parent)
    : QWidget(parent),
      m_falseRejects(addButton(QStringLiteral("falseRejectRule"), "false-reject")),
      m_noEscapes(addButton(QStringLiteral("noEscapesRule"), "no-escapes")),
      m_bestF1(addButton(QStringLiteral("bestF1Rule"), "best-f1")),
      m_escapes(addButton(QStringLiteral("escapeRule"), "escape")),
      m_falseRejectRate(addRate(QStringLiteral("falseRejectRate"), tr("Largest share of false rejects"), 1)),
      m_escapeRate(addRate(QStringLiteral("escapeRate"), tr("Largest share of escapes"), 5)),
      m_goodNote(new Note({}, this)),
      m_labelNote(new Note({}, this)) {
    setObjectName(QStringLiteral("ruleBox"));
    m_goodNote->setObjectName(QStringLiteral("goodRuleNote"));
    m_labelNote->setObjectName(QStringLiteral("labelRuleNote"));
    buildRows();
    connectButtons();
    m_ratesInUse = {m_falseRejectRate->value(), m_escapeRate->value()};
    updateTexts();
    explain();
}

QPushButton* RuleBox::addButton(const QString& name, const char* rule) {
    auto* button = new QPushButton(this);
    button->setObjectName(name);
    button->setProperty(ruleProperty, QString::fromLatin1(rule));
    button->setAutoDefault(false);
    button->setFixedHeight(metrics::rowHeight);
    return button;
}

QDoubleSpinBox* RuleBox::addRate(const QString& name, const QString& accessible, double percent) {
    auto* box = new RateSpinBox(this);
    box->setObjectName(name);
    box->setAccessibleName(accessible);
    box->setFocusPolicy(Qt::StrongFocus);
    box->setRange(0, 99);
    box->setDecimals(2);
    box->setSingleStep(0.5);
    box->setValue(percent);
    box->setSuffix(QStringLiteral("\u00A0%"));
    box->setAlignment(Qt::AlignRight);
    box->setFixedHeight(metrics::rowHeight);
    return box;
}

void RuleBox::buildRows() {
    auto* column = new QVBoxLayout(this);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(metrics::gap);
    const auto addRow = [column](QWidget* first, QWidget* second, bool secondStretches) {
        auto* row = new QHBoxLayout;
        row->setSpacing(metrics::gap);
        row->addWidget(first, 1);
        row->addWidget(second, secondStretches ? 1 : 0);
        column->addLayout(row);
    };
    addRow(m_falseRejects, m_falseRejectRate, false);
    column->addWidget(m_goodNote);
    column->addSpacing(4);
    addRow(m_escapes, m_escapeRate, false);
    addRow(m_noEscapes, m_bestF1, true);
    column->addWidget(m_labelNote);
    QWidget* order[] = {m_falseRejectRate, m_falseRejects, m_escapeRate, m_escapes, m_noEscapes, m_bestF1};
    for (std::size_t i = 1; i < std::size(order); ++i) QWidget::setTabOrder(order[i - 1], order[i]);
}

void RuleBox::connectButtons() {
    const auto share = [](const QDoubleSpinBox* box) { return box->value() / 100; };
    connect(m_falseRejects, &QPushButton::clicked, this,
            [=, this] { choose({.falseRejectRate = share(m_falseRejectRate)}); });
    connect(m_escapes, &QPushButton::clicked, this, [=, this] { choose({.escapeRate = share(m_escapeRate)}); });
    connect(m_noEscapes, &QPushButton::clicked, this, [this] { choose({.noEscapes = true}); });
    connect(m_bestF1, &QPushButton::clicked, this, [this] { choose({.bestF1 = true}); });
    for (auto* box : {m_falseRejectRate, m_escapeRate})
        connect(box, &QDoubleSpinBox::valueChanged, this, [this] {
            updateTexts();
            explain();
        });
}

void RuleBox::choose(const services::ThresholdRule& rule) {
    m_ratesInUse = {m_falseRejectRate->value(), m_escapeRate->value()};
    Q_EMIT ruleChosen(rule);
    updateTexts();
}

void RuleBox::updateTexts() {
    // The one in use is ticked, unless another rate stands beside it by now.
    const bool sameRates = m_ratesInUse == std::pair(m_falseRejectRate->value(), m_escapeRate->value());
    const auto show = [&](QPushButton* button, const QString& text) {
        const bool inUse = sameRates && button->property(ruleProperty).toString() == m_current;
        button->setText(inUse ? QStringLiteral("\u2713 ") + text : text);
        button->setAccessibleName(inUse ? tr("%1, in use").arg(text) : text);
        QFont font = button->font();
        font.setBold(inUse);
        button->setFont(font);
    };
    show(m_falseRejects, tr("At most %1 % false rejects").arg(shortPercent(m_falseRejectRate->value())));
    show(m_escapes, tr("At most %1 % escapes").arg(shortPercent(m_escapeRate->value())));
    show(m_noEscapes, tr("No escapes"));
    show(m_bestF1, tr("Best F1"));
}

void RuleBox::setBasis(const Basis& basis) {
    m_basis = basis;
    explain();
}

void RuleBox::setCurrentRule(const std::string& rule) {
    const QString current = QString::fromStdString(rule);
    if (current == m_current) return;
    m_current = current;
    updateTexts();
}

void RuleBox::setBusy(bool busy) {
    m_busy = busy;
    explain();
}

bool RuleBox::canUseGood() const {
    return !m_basis.goodScores.empty();
}

QString RuleBox::goodSentence() const {
    if (!canUseGood())
        return tr("Needs cross-validated scores of good training images: train a model, they come with it.");
    const auto cut = engine::cutForFalseRejects(m_basis.goodScores, m_falseRejectRate->value() / 100);
    const QString count = QLocale().toString(qint64{static_cast<qint64>(m_basis.goodScores.size())});
    const QString range = percentRangeText(cut.falseRejects->interval);
    if (m_basis.folds == 1)
        return tr("From %1\u00A0good images that were held out of the training; 95\u00A0%\u00A0interval %2\u00A0%. "
                  "Defect labels are not "
                  "used.")
            .arg(count, range);
    return tr("From %1\u00A0good images, cross-validated in %2\u00A0folds; 95\u00A0%\u00A0interval %3\u00A0%. Defect "
              "labels are not used.")
        .arg(count, QLocale().toString(m_basis.folds), range);
}

QString RuleBox::labelSentence() const {
    const QLocale locale;
    if (m_basis.defect == 0)
        return tr("Escapes and F1 need at least one test image that is labelled as a defect and scored.");
    const QString uses = tr("Uses the labels of %1\u00A0good and %2\u00A0defective test images.")
                             .arg(locale.toString(qint64{m_basis.good}), locale.toString(qint64{m_basis.defect}));
    return m_basis.good > 0 ? uses : uses + QLatin1Char(' ') + tr("Best F1 needs good test images as well.");
}

void RuleBox::explain() {
    const bool may = m_basis.readOnly.isEmpty() && !m_busy;
    const bool defects = m_basis.defect > 0;
    m_goodNote->setText(goodSentence());
    m_labelNote->setText(labelSentence());
    m_falseRejects->setEnabled(may && canUseGood());
    m_falseRejectRate->setEnabled(may && canUseGood());
    m_noEscapes->setEnabled(may && defects);
    m_escapes->setEnabled(may && defects);
    m_escapeRate->setEnabled(may && defects);
    m_bestF1->setEnabled(may && defects && m_basis.good > 0);
    const auto tell = [this](QPushButton* button, const QString& what, const QString& basis) {
        button->setToolTip(what + QLatin1Char(' ') + (m_basis.readOnly.isEmpty() ? basis : m_basis.readOnly));
        button->setAccessibleDescription(button->toolTip());
    };
    tell(m_falseRejects, tr("The smallest fail cut at which no more of the good images fail."), goodSentence());
    tell(m_noEscapes, tr("The largest fail cut that every defect reaches."), labelSentence());
    tell(m_escapes, tr("The largest fail cut that no more of the defects stay below."), labelSentence());
    tell(m_bestF1, tr("The fail cut with the best balance of missed defects and false rejects."), labelSentence());
}

}  // namespace ui
