pragma ComponentBehavior: Bound
import QtQuick
import Mallo.Components
import Mallo.Desk
import Mallo.Manager
import Mallo.Theme

// The engine that ought to serve customers is down: which, why, what to do now, and who serves them meanwhile.
// It stays until it is put away or over.
Rectangle {
    id: bar

    required property OutageModel model

    objectName: "outageBar"
    height: list.count > 0 ? body.height + 2 * Theme.spaceM : 0
    visible: list.count > 0
    color: model.alone ? Theme.bad : Theme.warn

    EngineWords { id: words }

    Icon {
        id: sign
        anchors { left: parent.left; leftMargin: Theme.spaceL * 1.4 }
        y: Theme.spaceM + (Theme.textM * 1.3 - height) / 2
        name: "warn"
        size: Theme.textL
        color: Theme.signalInk
    }

    Column {
        id: body
        anchors { left: sign.right; leftMargin: Theme.spaceL; right: close.left; rightMargin: Theme.spaceL; verticalCenter: parent.verticalCenter }
        spacing: Theme.spaceM

        Repeater {
            id: list
            model: bar.model

            Column {
                id: outage

                required property string engine
                required property string reason
                required property list<string> capabilities
                required property list<string> instead
                required property list<string> unserved
                required property list<string> deaf

                width: body.width

                Label {
                    objectName: "outageWhy"
                    width: parent.width
                    text: qsTr("%1 (%2): %3").arg(words.engine(outage.engine)).arg(outage.capabilities.map(code => words.capability(code)).join(", ")).arg(words.why(outage.reason))
                    strong: true
                    color: Theme.signalInk
                    font.pixelSize: Theme.textM
                    Accessible.role: Accessible.AlertMessage
                }

                Label {
                    objectName: "outageNow"
                    width: parent.width
                    text: [words.todo(outage.reason, outage.engine, outage.capabilities[0]), words.meanwhile(outage.instead),
                           ...outage.unserved.map(code => words.unserved(code)), ...outage.deaf.map(code => words.deaf(code))].filter(part => part !== "").join(" ")
                    color: Theme.signalInk
                }
            }
        }
    }

    DeskButton {
        id: close
        objectName: "outageClose"
        anchors { right: parent.right; rightMargin: Theme.spaceL * 1.4; verticalCenter: parent.verticalCenter }
        text: qsTr("확인했어요")
        onActed: bar.model.dismiss()
    }
}
