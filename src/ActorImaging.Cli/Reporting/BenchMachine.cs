using System.Runtime.InteropServices;
using ActorImaging.Hosting;
using ActorImaging.Imaging;

namespace ActorImaging.Cli.Reporting;

/// <summary>On what, and with which settings, a comparison was made.</summary>
internal sealed record BenchMachine(int Cores, string Runtime, string OperatingSystem, int Processors, EngineDescription Engine)
{
    public static BenchMachine Describe(ImagingSettings settings, EngineDescription engine) => new(
        Environment.ProcessorCount,
        RuntimeInformation.FrameworkDescription,
        $"{RuntimeInformation.OSDescription.Trim()} {RuntimeInformation.ProcessArchitecture}",
        settings.Processors,
        engine);
}
