import QtQuick
import Mallo.Theme

// − number +, with their words below the signs. At an end the button that would pass it rests.
Row {
    id: stepper

    property int value: 1
    property int from: 0
    property int to: 20
    property string what: ""
    property string suffix: ""

    signal moved(value: int)

    spacing: Theme.spaceS
    onValueChanged: if (less.activeFocus || more.activeFocus)
        Guide.tell(what + " " + value + suffix)

    IconButton {
        id: less
        objectName: "less"
        width: implicitWidth
        glyph: "minus"
        text: qsTr("빼기")
        kind: "outline"
        enabled: stepper.value > stepper.from
        Accessible.name: qsTr("%1 하나 빼기").arg(stepper.what)
        onActed: stepper.moved(stepper.value - 1)
    }

    Label {
        objectName: "count"
        width: Math.max(Theme.touchTarget * 0.8, implicitWidth)
        height: parent.height
        text: stepper.value + stepper.suffix
        strong: true
        font.pixelSize: Theme.textM
        horizontalAlignment: Text.AlignHCenter
        Accessible.name: stepper.what + " " + text
    }

    IconButton {
        id: more
        objectName: "more"
        width: implicitWidth
        glyph: "plus"
        text: qsTr("더하기")
        kind: "outline"
        enabled: stepper.value < stepper.to
        Accessible.name: qsTr("%1 하나 더하기").arg(stepper.what)
        onActed: stepper.moved(stepper.value + 1)
    }
}
