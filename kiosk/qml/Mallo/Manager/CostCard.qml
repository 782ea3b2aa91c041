import QtQuick
import Mallo.Components
import Mallo.Manager
import Mallo.Theme

// What the paid engines cost today. Prices are the vendors' list prices, so this is an estimate and not a bill.
Card {
    id: card

    required property CostModel model

    function dollars(amount: real): string {
        return amount <= 0 ? "$0" : amount < 0.01 ? qsTr("$0.01 미만") : "$" + amount.toFixed(2);
    }

    objectName: "cost"
    visible: model.known
    height: visible ? column.height + 2 * Theme.spaceL * 1.2 : 0

    Column {
        id: column
        x: Theme.spaceL * 1.8
        y: Theme.spaceL * 1.2
        width: parent.width - 2 * x
        spacing: Theme.spaceS

        Label {
            objectName: "costToday"
            width: parent.width
            text: qsTr("오늘 쓴 비용 %1").arg(card.dollars(card.model.today))
            strong: true
            font.pixelSize: Theme.textL
        }

        Label {
            objectName: "costWhole"
            width: parent.width
            text: qsTr("오늘 %1번 불렀어요 · 최근 %2일 %3").arg(card.model.requests).arg(card.model.days).arg(card.dollars(card.model.whole))
            second: true
        }

        Label {
            objectName: "costUnpriced"
            width: parent.width
            visible: card.model.unpriced !== ""
            text: qsTr("가격표에 없는 모델은 빠져 있어요.")
            color: Theme.warn
        }

        Label {
            objectName: "costModels"
            width: parent.width
            visible: text !== ""
            text: card.model.unpriced
            color: Theme.warn
            strong: true
        }
    }
}
