#!/usr/bin/env bash
# Compiles and links app resources (design/ and res/) with aapt2: R.java for the compilers, res.apk for the APK and for Robolectric.
# usage: resources.sh ANDROID_JAR APP_MAIN GEN_DIR AAPT2
# env:   APP_ID APP_DEBUG MIN_SDK TARGET_SDK VERSION_CODE VERSION_NAME
set -euo pipefail
jar=$1 main=$2 gen=$3 aapt2=$4
chmod +x "$aapt2"
rm -rf "$gen"
mkdir -p "$gen/java" "$gen/assets" "$gen/test-resources/com/android/tools"
assets=$gen/assets debug=()
[ ! -d "$main/assets" ] || assets=$main/assets
[ "$APP_DEBUG" != true ] || debug=(--debug-mode)

# The source manifest has none of this, as the Android Gradle plugin wants it; the plugin adds it there, we do here.
sed -e "s|<manifest |<manifest package=\"$APP_ID\" android:versionCode=\"$VERSION_CODE\" android:versionName=\"$VERSION_NAME\" |" \
  -e "s|<application |<uses-sdk android:minSdkVersion=\"$MIN_SDK\" android:targetSdkVersion=\"$TARGET_SDK\" />\n    <application android:extractNativeLibs=\"false\" |" \
  "$main/AndroidManifest.xml" >"$gen/AndroidManifest.xml"

"$aapt2" compile --dir "$main/design" -o "$gen/design.zip"
"$aapt2" compile --dir "$main/res" -o "$gen/res.zip"
"$aapt2" link -I "$jar" --manifest "$gen/AndroidManifest.xml" -A "$assets" \
  --java "$gen/java" --non-final-ids --auto-add-overlay "${debug[@]}" -o "$gen/res.apk" "$gen/design.zip" "$gen/res.zip"

# where Robolectric looks for the linked resources (what the Android Gradle plugin writes for a unit test)
cat >"$gen/test-resources/com/android/tools/test_config.properties" <<P
android_merged_manifest=$gen/AndroidManifest.xml
android_merged_assets=$assets
android_resource_apk=$gen/res.apk
android_custom_package=$APP_ID
P
