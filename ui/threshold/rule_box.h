// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QWidget>
#include <optional>
#include <string>
#include <vector>

#include "app/services/threshold_rules.h"

class QDoubleSpinBox;
class QPushButton;

namespace ui {

class Note;

// The rules that choose an operating point, each with what it is based on, or why it cannot be used.
class RuleBox : public QWidget {
    Q_OBJECT
public:
    explicit RuleBox(QWidget* parent = nullptr);

    struct Basis {
        std::vector<double> goodScores;  // cross-validated
        int folds = 0;
        std::int64_t good = 0;  // labelled test images that are scored
        std::int64_t defect = 0;
        QString readOnly;  // why no rule may be used; empty: they may
    };
    void setBasis(const Basis& basis);
    void setCurrentRule(const std::string& rule);  // marked, as long as the fail cut is the one that it chose
    void setBusy(bool busy);                       // a rule is being worked out

Q_SIGNALS:
    void ruleChosen(const services::ThresholdRule& rule);

private:
    QPushButton* addButton(const QString& name, const char* rule);
    QDoubleSpinBox* addRate(const QString& name, const QString& accessible, double percent);
    void buildRows();
    void connectButtons();
    void choose(const services::ThresholdRule& rule);
    void updateTexts();
    void explain();
    QString goodSentence() const;
    QString labelSentence() const;
    bool canUseGood() const;

    Basis m_basis;
    QString m_current;
    std::pair<double, double> m_ratesInUse;  // of false rejects and of escapes, in %
    bool m_busy = false;
    QPushButton* m_falseRejects;
    QPushButton* m_noEscapes;
    QPushButton* m_bestF1;
    QPushButton* m_escapes;
    QDoubleSpinBox* m_falseRejectRate;
    QDoubleSpinBox* m_escapeRate;
    Note* m_goodNote;
    Note* m_labelNote;
};

}  // namespace ui
