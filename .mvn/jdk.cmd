@REM Finds a JDK 25 or newer for mvnw.cmd when JAVA_HOME names none: the same idea as jdk.sh, in fewer places.
@SET "JDK_MAJOR="
@IF NOT "%JAVA_HOME%"=="" IF EXIST "%JAVA_HOME%\release" FOR /F "tokens=2 delims==." %%V IN ('FINDSTR /B "JAVA_VERSION=" "%JAVA_HOME%\release"') DO @SET "JDK_MAJOR=%%~V"
@SET "JDK_MAJOR=%JDK_MAJOR:"=%"
@IF NOT "%JDK_MAJOR%"=="" IF %JDK_MAJOR% GEQ 25 GOTO :EOF
@FOR /D %%D IN ("%ProgramFiles%\Eclipse Adoptium\jdk-25*" "%ProgramFiles%\Java\jdk-25*" "%ProgramFiles%\Microsoft\jdk-25*" "%ProgramFiles%\Zulu\zulu-25*" "%USERPROFILE%\.jdks\*25*") DO @IF EXIST "%%~D\bin\javac.exe" (
  SET "JAVA_HOME=%%~D"
  GOTO :EOF
)
@ECHO Sluice needs a JDK 25 or newer, and none was found. Install one (https://adoptium.net) or set JAVA_HOME. >&2
@EXIT /B 1
