pragma ComponentBehavior: Bound
import QtQuick
import Mallo.Theme

// Keys on the screen. It shows what it is given and tells what was pressed; composing is the view model's.
Column {
    id: keys

    property var rows: []
    property bool korean: true
    property bool shifted: false
    property string done: ""
    property bool canFinish: true
    readonly property real gap: Theme.spaceS
    readonly property real keyWidth: (width - 9 * gap) / 10
    readonly property real keyHeight: Theme.touchTarget

    signal pressed(key: string)
    signal erased
    signal shift
    signal script
    signal finished

    spacing: gap

    Repeater {
        model: keys.rows

        Row {
            id: line
            required property string modelData
            required property int index

            anchors.horizontalCenter: keys.horizontalCenter
            spacing: keys.gap

            Button {
                objectName: "key_shift"
                visible: line.index === 3
                width: keys.keyWidth * 1.4
                height: keys.keyHeight
                leftPadding: 0
                rightPadding: 0
                text: keys.korean ? "ㄲㅆ" : "Aa"
                kind: keys.shifted ? "primary" : "quiet"
                Accessible.name: text + ", " + qsTr("쌍자음과 큰 글자")
                onActed: keys.shift()
            }

            Repeater {
                model: line.modelData.split("")

                Button {
                    required property string modelData

                    objectName: "key_" + modelData
                    width: keys.keyWidth
                    height: keys.keyHeight
                    leftPadding: 0
                    rightPadding: 0
                    kind: "outline"
                    textSize: Theme.textM
                    text: modelData
                    onActed: keys.pressed(modelData)
                }
            }

            Button {
                objectName: "key_erase"
                visible: line.index === 3
                width: keys.keyWidth * 1.4
                height: keys.keyHeight
                leftPadding: 0
                rightPadding: 0
                text: qsTr("지움")
                Accessible.name: text + ", " + qsTr("한 글자 지우기")
                onActed: keys.erased()
            }
        }
    }

    Row {
        anchors.horizontalCenter: parent.horizontalCenter
        spacing: keys.gap

        Button {
            objectName: "key_script"
            width: keys.keyWidth * 2.2
            height: keys.keyHeight
            leftPadding: 0
            rightPadding: 0
            text: keys.korean ? "ABC" : "가나다"
            onActed: keys.script()
        }

        Button {
            objectName: "key_space"
            width: keys.keyWidth * 4.4
            height: keys.keyHeight
            kind: "outline"
            text: qsTr("띄우기")
            onActed: keys.pressed(" ")
        }

        Button {
            objectName: "key_done"
            width: keys.keyWidth * 2.9
            height: keys.keyHeight
            leftPadding: 0
            rightPadding: 0
            kind: "primary"
            text: keys.done
            enabled: keys.canFinish
            onActed: keys.finished()
        }
    }
}
