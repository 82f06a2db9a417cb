<#
.SYNOPSIS
    The commands of the README under one name each.
.EXAMPLE
    ./build.ps1 -Task test
#>
param(
    [ValidateSet('build', 'test', 'bench', 'pack')]
    [string] $Task = 'build'
)

Set-Location $PSScriptRoot
switch ($Task) {
    'build' { dotnet build -c Release }
    'test' { dotnet test }
    'bench' { dotnet run -c Release --project src/ActorImaging.Cli -- bench }
    'pack' { dotnet pack -c Release -o artifacts }
}
exit $LASTEXITCODE
