; The installer one person runs for themselves. /S installs without a question,
; /D=FOLDER (last) says where. Folders of work are never touched.
Target amd64-unicode
!include MUI2.nsh
!include LogicLib.nsh

Name "{{.R.Name}}"
OutFile "{{.Out}}"
RequestExecutionLevel user
InstallDir "$LOCALAPPDATA\Programs\Repertoire"
InstallDirRegKey HKCU "Software\Repertoire" "Folder"
SetCompressor /SOLID lzma
SetDateSave off
ManifestDPIAware true
BrandingText "{{.R.Name}} {{.R.Number}}"

VIProductVersion "{{.Four}}"
VIAddVersionKey /LANG=1036 "ProductName" "{{.R.Name}}"
VIAddVersionKey /LANG=1036 "CompanyName" "Cités Unies France"
VIAddVersionKey /LANG=1036 "FileDescription" "Installation de {{.R.Name}}"
VIAddVersionKey /LANG=1036 "FileVersion" "{{.R.Version}}"
VIAddVersionKey /LANG=1036 "ProductVersion" "{{.R.Version}}"
VIAddVersionKey /LANG=1036 "LegalCopyright" ""

!define UNINSTALL "Software\Microsoft\Windows\CurrentVersion\Uninstall\Repertoire"
!define CLASSES "Software\Classes"
!define MUI_ICON "{{.Icon}}"
!define MUI_UNICON "{{.Icon}}"
!define MUI_ABORTWARNING
!define MUI_FINISHPAGE_RUN "$INSTDIR\repertoire.exe"
!define MUI_FINISHPAGE_RUN_TEXT "Ouvrir {{.R.Name}}"
!insertmacro MUI_PAGE_WELCOME
!insertmacro MUI_PAGE_LICENSE "{{.Folder}}/LICENCE.txt"
!insertmacro MUI_PAGE_DIRECTORY
!insertmacro MUI_PAGE_INSTFILES
!insertmacro MUI_PAGE_FINISH
!insertmacro MUI_UNPAGE_CONFIRM
!insertmacro MUI_UNPAGE_INSTFILES
!insertmacro MUI_LANGUAGE "French"

; A program that runs cannot be written over, but it can be put aside: it goes
; on, and the new one is there at the next start.
!macro MakeWay NAME
  Delete "$INSTDIR\${NAME}.ancien"
  ${If} ${FileExists} "$INSTDIR\${NAME}"
    ClearErrors
    Delete "$INSTDIR\${NAME}"
    ${If} ${Errors}
      ClearErrors
      Rename "$INSTDIR\${NAME}" "$INSTDIR\${NAME}.ancien"
      ${If} ${Errors}
        SetErrorLevel 2
        MessageBox MB_OK|MB_ICONSTOP "${NAME} ne peut pas être remplacé : rien n’a été changé. Fermez {{.R.Name}}, puis recommencez." /SD IDOK
        Abort
      ${EndIf}
    ${EndIf}
  ${EndIf}
!macroend

Section
  SetOutPath "$INSTDIR"
{{- range .Files}}{{if eq (ext .) ".exe"}}
  !insertmacro MakeWay "{{.}}"
{{- end}}{{end}}
{{- range .Files}}
  File "{{$.Folder}}/{{.}}"
{{- end}}
  WriteUninstaller "$INSTDIR\desinstaller.exe"
  CreateShortcut "$SMPROGRAMS\{{.R.Name}}.lnk" "$INSTDIR\repertoire.exe"

  WriteRegStr HKCU "Software\Repertoire" "Folder" "$INSTDIR"
  WriteRegStr HKCU "${UNINSTALL}" "DisplayName" "{{.R.Name}}"
  WriteRegStr HKCU "${UNINSTALL}" "DisplayVersion" "{{.R.Version}}"
  WriteRegStr HKCU "${UNINSTALL}" "DisplayIcon" "$INSTDIR\repertoire.exe"
  WriteRegStr HKCU "${UNINSTALL}" "Publisher" "Cités Unies France"
  WriteRegStr HKCU "${UNINSTALL}" "URLInfoAbout" "{{.R.Site}}"
  WriteRegStr HKCU "${UNINSTALL}" "InstallLocation" "$INSTDIR"
  WriteRegStr HKCU "${UNINSTALL}" "UninstallString" '"$INSTDIR\desinstaller.exe"'
  WriteRegStr HKCU "${UNINSTALL}" "QuietUninstallString" '"$INSTDIR\desinstaller.exe" /S'
  WriteRegDWORD HKCU "${UNINSTALL}" "EstimatedSize" {{.KiB}}
  WriteRegDWORD HKCU "${UNINSTALL}" "NoModify" 1
  WriteRegDWORD HKCU "${UNINSTALL}" "NoRepair" 1

  ; A folder of work opens by a right click; a table offers to be taken in. No
  ; program is put aside: spreadsheets stay what they were opened with.
  WriteRegStr HKCU "${CLASSES}\Directory\shell\Repertoire" "" "Ouvrir avec {{.R.Name}}"
  WriteRegStr HKCU "${CLASSES}\Directory\shell\Repertoire" "Icon" "$INSTDIR\repertoire.exe"
  WriteRegStr HKCU "${CLASSES}\Directory\shell\Repertoire\command" "" '"$INSTDIR\repertoire.exe" "%1"'
  WriteRegStr HKCU "${CLASSES}\Applications\repertoire.exe" "FriendlyAppName" "{{.R.Name}}"
  WriteRegStr HKCU "${CLASSES}\Applications\repertoire.exe\shell\open\command" "" '"$INSTDIR\repertoire.exe" "%1"'
{{- range .Opens}}
  WriteRegStr HKCU "${CLASSES}\Applications\repertoire.exe\SupportedTypes" "{{.}}" ""
  WriteRegStr HKCU "${CLASSES}\{{.}}\OpenWithList\repertoire.exe" "" ""
{{- end}}
  WriteRegStr HKCU "Software\Microsoft\Windows\CurrentVersion\App Paths\repertoire.exe" "" "$INSTDIR\repertoire.exe"
  System::Call 'shell32::SHChangeNotify(i 0x08000000, i 0, p 0, p 0)'
SectionEnd

; What the installer wrote goes, by name; a folder somebody filled stays.
Section "Uninstall"
  ClearErrors
  Delete "$INSTDIR\repertoire.exe"
  ${If} ${Errors}
    SetErrorLevel 2
    MessageBox MB_OK|MB_ICONSTOP "{{.R.Name}} est ouvert : rien n’a été retiré. Fermez-le, puis recommencez." /SD IDOK
    Abort
  ${EndIf}
{{- range .Files}}
  Delete "$INSTDIR\{{.}}"
{{- if eq (ext .) ".exe"}}
  Delete "$INSTDIR\{{.}}.ancien"
{{- end}}{{end}}
  Delete "$INSTDIR\desinstaller.exe"
  RMDir "$INSTDIR"
  Delete "$SMPROGRAMS\{{.R.Name}}.lnk"
  DeleteRegKey HKCU "${UNINSTALL}"
  DeleteRegKey HKCU "Software\Repertoire"
  DeleteRegKey HKCU "${CLASSES}\Directory\shell\Repertoire"
  DeleteRegKey HKCU "${CLASSES}\Applications\repertoire.exe"
{{- range .Opens}}
  DeleteRegKey HKCU "${CLASSES}\{{.}}\OpenWithList\repertoire.exe"
{{- end}}
  DeleteRegKey HKCU "Software\Microsoft\Windows\CurrentVersion\App Paths\repertoire.exe"
  System::Call 'shell32::SHChangeNotify(i 0x08000000, i 0, p 0, p 0)'
SectionEnd
