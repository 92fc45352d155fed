#Requires -Version 5.1
<#
.SYNOPSIS
    Builds the firmware, writes it to an ESP32 board, and shows what the board prints.
.DESCRIPTION
    The work is done by tools/Flash; this script only passes its parameters on. It needs the .NET 10 SDK, nanoff 2.5
    (dotnet tool install -g nanoff --version 2.5.*), nuget and an msbuild with the nanoFramework project system: docs/hardware.md.
.PARAMETER Board
    A folder of boards/: esp32-devkitc-ve, freenove-esp32-wrover, esp-wrover-kit.
.PARAMETER Port
    The board's serial port: COM3, /dev/ttyUSB0.
.PARAMETER Baud
    Speed of the transfer; the board's own by default. 115200 suits poor cables.
.PARAMETER ClrImage
    The runtime (nanoCLR.bin with the native module, native/README.md) to write first. Needed once per board and after changes to it.
.PARAMETER Erase
    Erase the whole flash first, the board's key included. Needs -ClrImage.
.PARAMETER Monitor
    Afterwards show the lines the board prints, until Ctrl+C.
.PARAMETER WhatIf
    Say what would be run, and run nothing.
.EXAMPLE
    tools/flash.ps1 -Board esp32-devkitc-ve -Port COM3 -ClrImage nanoCLR.bin -Monitor
#>
param(
    [Parameter(Mandatory = $true)] [string] $Board,
    [Parameter(Mandatory = $true)] [string] $Port,
    [int] $Baud,
    [string] $ClrImage,
    [switch] $Erase,
    [switch] $Monitor,
    [switch] $WhatIf
)

$ErrorActionPreference = 'Stop'
$root = Split-Path -Parent $PSScriptRoot
$tool = Join-Path $PSScriptRoot 'Flash'

if (-not (Get-Command dotnet -ErrorAction SilentlyContinue)) {
    Write-Host 'FAILED: The .NET 10 SDK is missing: https://dotnet.microsoft.com/download'
    exit 1
}

$arguments = @('run', '--project', $tool, '--', '--root', $root, '--board', $Board, '--port', $Port)
if ($PSBoundParameters.ContainsKey('Baud')) { $arguments += @('--baud', $Baud) }
if ($ClrImage) { $arguments += @('--clr-image', $ClrImage) }
if ($Erase) { $arguments += '--erase' }
if ($WhatIf) { $arguments += '--what-if' }
& dotnet $arguments
if ($LASTEXITCODE -ne 0) { exit $LASTEXITCODE }
if (-not $Monitor -or $WhatIf) { exit 0 }

# The runtime wraps its text in packets; the tool unwraps them.
$speed = (Get-Content -Raw (Join-Path $root "boards/$Board/board.json") | ConvertFrom-Json).serialBaud
$start = New-Object System.Diagnostics.ProcessStartInfo 'dotnet', "run --no-build --project `"$tool`" -- monitor"
$start.UseShellExecute = $false
$start.RedirectStandardInput = $true
$serial = New-Object System.IO.Ports.SerialPort $Port, $speed
$serial.ReadTimeout = 500
$buffer = New-Object byte[] 4096
Write-Host "The board's lines (Ctrl+C ends):"
$text = [System.Diagnostics.Process]::Start($start)
try {
    $serial.Open()
    while (-not $text.HasExited) {
        try { $count = $serial.Read($buffer, 0, $buffer.Length) } catch [System.TimeoutException] { continue }
        $text.StandardInput.BaseStream.Write($buffer, 0, $count)
        $text.StandardInput.BaseStream.Flush()
    }
}
finally {
    $serial.Dispose()
    $text.StandardInput.Close()
}
