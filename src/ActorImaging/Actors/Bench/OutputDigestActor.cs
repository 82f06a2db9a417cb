using System.Collections.Immutable;
using System.Security.Cryptography;
using Akka.Actor;

namespace ActorImaging.Actors.Bench;

/// <summary>Asks for digests of files; answered by <see cref="OutputsDigested"/>.</summary>
/// <param name="Run">Counts up over the runs of a bench.</param>
/// <param name="Paths">The files.</param>
/// <param name="Delete">Whether they go afterwards.</param>
internal sealed record DigestOutputs(int Run, ImmutableArray<string> Paths, bool Delete);

/// <summary>The digests of the files, in their order.</summary>
internal sealed record OutputsDigested(int Run, ImmutableArray<string> Digests);

/// <summary>The files could not be read.</summary>
internal sealed record DigestFailed(int Run, string Reason);

/// <summary>Digests outputs after a measurement, on the imaging dispatcher: it reads hundreds of megabytes. Gives memory back, too.</summary>
internal sealed class OutputDigestActor : ReceiveActor
{
    private readonly Action _releaseMemory;

    public OutputDigestActor(Action releaseMemory)
    {
        _releaseMemory = releaseMemory;
        Receive<DigestOutputs>(HandleDigestOutputs);
    }

    private void HandleDigestOutputs(DigestOutputs asked)
    {
        try
        {
            var digests = asked.Paths.Select(Digest).ToImmutableArray();
            if (asked.Delete)
            {
                asked.Paths.ToList().ForEach(File.Delete);
            }

            _releaseMemory(); // so that the next row does not start with what this one kept
            Sender.Tell(new OutputsDigested(asked.Run, digests));
        }
        catch (Exception fault) when (fault is IOException or UnauthorizedAccessException)
        {
            Sender.Tell(new DigestFailed(asked.Run, fault.Message));
        }
    }

    private static string Digest(string path)
    {
        using var file = File.OpenRead(path);
        return Convert.ToHexStringLower(SHA256.HashData(file));
    }
}
