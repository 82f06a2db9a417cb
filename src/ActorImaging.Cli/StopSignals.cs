using System.Runtime.InteropServices;

namespace ActorImaging.Cli;

/// <summary>Ctrl-C and SIGTERM: the first asks the work to stop, the second ends the process at once.</summary>
internal sealed class StopSignals : IDisposable
{
    /// <summary>What a first signal means.</summary>
    public const string Notice = "Stopping: what is in flight is finished. Once more to end at once";

    private readonly CancellationTokenSource _stop = new();
    private readonly PosixSignalRegistration[] _registrations;
    private readonly Action _beforeExit;
    private readonly bool _isShown;

    /// <summary>Starts to listen.</summary>
    /// <param name="beforeExit">What is done, quickly, before the process is ended at once.</param>
    /// <param name="isShown">Whether a display on the terminal shows the notice.</param>
    public StopSignals(Action beforeExit, bool isShown = false)
    {
        _beforeExit = beforeExit;
        _isShown = isShown;
        _registrations =
        [
            PosixSignalRegistration.Create(PosixSignal.SIGINT, Handle),
            PosixSignalRegistration.Create(PosixSignal.SIGTERM, Handle),
        ];
    }

    /// <summary>Is cancelled by the first signal.</summary>
    public CancellationToken Token => _stop.Token;

    /// <summary>Stops listening: a signal ends the process again.</summary>
    public void Dispose()
    {
        foreach (var registration in _registrations)
        {
            registration.Dispose();
        }

        _stop.Dispose();
    }

    private void Handle(PosixSignalContext context)
    {
        context.Cancel = true;
        if (_stop.IsCancellationRequested)
        {
            _beforeExit();
            Environment.Exit(ExitCode.Cancelled);
        }

        if (!_isShown)
        {
            Console.Error.WriteLine($"{Notice}.");
        }

        _stop.Cancel();
    }
}
