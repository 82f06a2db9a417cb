using System.Runtime.InteropServices;
using ActorImaging.Cli.Reporting;

namespace ActorImaging.Cli;

/// <summary>
/// Ctrl-C and SIGTERM, from the first line of the program on. As long as no work has begun, one ends the process; then the first asks the work to stop,
/// and the second ends the process at once.
/// </summary>
internal sealed class StopSignals : IDisposable
{
    /// <summary>What a first signal means.</summary>
    public const string Notice = "Stopping: what is in flight is finished. Once more to end at once";

    private const string NothingBegun = "Stopped: nothing was begun.";

    private readonly CancellationTokenSource _stop = new();
    private readonly Lock _guard = new();
    private readonly PosixSignalRegistration[] _registrations;
    private bool _hasBegun;
    private volatile bool _isShown;
    private Action _beforeExit = () => { };

    /// <summary>Starts to listen.</summary>
    public StopSignals() => _registrations =
    [
        PosixSignalRegistration.Create(PosixSignal.SIGINT, Handle),
        PosixSignalRegistration.Create(PosixSignal.SIGTERM, Handle),
    ];

    /// <summary>Is cancelled by the first signal after work has begun.</summary>
    public CancellationToken Token => _stop.Token;

    /// <summary>Work begins, which looks at <see cref="Token"/>.</summary>
    public void Begin()
    {
        lock (_guard)
        {
            _hasBegun = true;
        }
    }

    /// <summary>A display on the terminal shows the notice, if there is one.</summary>
    /// <param name="isShown">Whether there is.</param>
    public void ShowBy(bool isShown) => _isShown = isShown;

    /// <summary>Names what is done, quickly, before the process is ended at once.</summary>
    public void BeforeExit(Action action)
    {
        lock (_guard)
        {
            _beforeExit = action;
        }
    }

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
        lock (_guard)
        {
            if (!_hasBegun || _stop.IsCancellationRequested)
            {
                Exit();
            }

            if (!_isShown)
            {
                Terminal.ErrorWriter.WriteLine($"{Notice}.");
            }
        }

        _stop.Cancel();
    }

    private void Exit()
    {
        if (!_hasBegun)
        {
            Terminal.ErrorWriter.WriteLine(NothingBegun);
        }

        _beforeExit();
        Environment.Exit(ExitCode.Cancelled);
    }
}
