import QtQuick
import Mallo.Theme

// A picture on its plate, with words for those who do not see it. Until it comes the plate is shown.
Rectangle {
    id: plate

    property url source
    property string words: ""
    property bool busy: false

    color: Theme.quiet
    radius: Theme.radius
    clip: true
    Accessible.role: Accessible.Graphic
    Accessible.name: words

    Icon {
        anchors.centerIn: parent
        visible: image.status !== Image.Ready
        name: "cake"
        color: Theme.inkSecond
        size: Math.min(plate.width, plate.height) * 0.4
    }

    Image {
        id: image
        anchors.fill: parent
        source: plate.source
        asynchronous: true
        fillMode: Image.PreserveAspectFit
        sourceSize.width: Math.max(1, Math.ceil(plate.width))
        retainWhileLoading: true
        smooth: true
        opacity: plate.busy ? 0.5 : 1

        Behavior on opacity {
            NumberAnimation { duration: Theme.motion; easing.type: Easing.OutCubic }
        }
    }
}
