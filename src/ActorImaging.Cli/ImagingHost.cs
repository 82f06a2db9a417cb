using ActorImaging.Hosting;
using ActorImaging.Imaging;
using Akka.Actor;
using Akka.Hosting;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace ActorImaging.Cli;

/// <summary>A host with the actor system in it, for the length of one command.</summary>
internal sealed class ImagingHost : IAsyncDisposable
{
    private readonly IHost _host;

    private ImagingHost(IHost host) => _host = host;

    /// <summary>Runs batches.</summary>
    public ImagingClient Imaging => _host.Services.GetRequiredService<ImagingClient>();

    /// <summary>Runs comparisons.</summary>
    public BenchClient Bench => _host.Services.GetRequiredService<BenchClient>();

    /// <summary>Starts the actor system.</summary>
    public static async Task<ImagingHost> StartAsync(ImagingConfiguration configuration, ImagingWork work)
    {
        var builder = Host.CreateEmptyApplicationBuilder(new HostApplicationBuilderSettings());
        builder.Logging
            .AddConsole(console => console.LogToStandardErrorThreshold = LogLevel.Trace)
            .SetMinimumLevel(LogLevel.Warning);
        builder.Services.AddSingleton<IHostLifetime, CommandLifetime>();
        builder.Services
            .AddImagingClient(configuration, work)
            .AddAkka(ActorImagingHosting.SupervisorName, (akka, provider) => akka
                .WithOwnSettings(configuration)
                .WithActorImaging(configuration, provider)
                .WithBench(configuration, work));
        var host = builder.Build();
        try
        {
            ActorImagingHosting.RequireUsable(host.Services.GetRequiredService<ActorSystem>());
            await host.StartAsync();
            return new ImagingHost(host);
        }
        catch (Exception fault)
        {
            // The host is left as it is: stopping a system that has not come up fails, too, and the process ends.
            throw new InvalidConfigurationException($"the actor system can't be started with this configuration: {fault.GetBaseException().Message}", fault);
        }
    }

    /// <summary>Drains and stops the actor system.</summary>
    public async ValueTask DisposeAsync()
    {
        await _host.StopAsync();
        _host.Dispose();
    }

    /// <summary>The command decides when the host stops; signals are <see cref="StopSignals"/>' to handle.</summary>
    private sealed class CommandLifetime : IHostLifetime
    {
        public Task WaitForStartAsync(CancellationToken cancellationToken) => Task.CompletedTask;

        public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;
    }
}
