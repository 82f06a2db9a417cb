using BenchmarkDotNet.Attributes;
using BenchmarkDotNet.Filters;
using BenchmarkDotNet.Running;

namespace ActorImaging.Benchmarks;

/// <summary>Leaves out what is measured of libjpeg-turbo, with a message, where it is not installed.</summary>
[AttributeUsage(AttributeTargets.Class)]
internal sealed class WithTurboJpegAttribute() : FilterConfigBaseAttribute(new SimpleFilter(IsPossible))
{
    private static bool IsPossible(BenchmarkCase benchmark)
    {
        var isPossible = TurboJpeg.IsThere || !benchmark.Descriptor.WorkloadMethod.Name.StartsWith("Turbo", StringComparison.Ordinal);
        if (!isPossible)
        {
            Console.Error.WriteLine($"{benchmark.Descriptor.WorkloadMethodDisplayInfo}: left out, since there is no libturbojpeg.so.0 (Debian's libturbojpeg0)");
        }

        return isPossible;
    }
}
