using System.Diagnostics;
using ActorImaging.Actors;
using ActorImaging.Actors.Bench;
using ActorImaging.Imaging;
using ActorImaging.Tasks;
using Akka.Actor;
using Akka.Hosting;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Options;

namespace ActorImaging.Hosting;

/// <summary>Puts ActorImaging into a host.</summary>
public static class ActorImagingHosting
{
    /// <summary>The name of the actor system, and of the supervisor below <c>/user</c>.</summary>
    public const string SupervisorName = "imaging";

    /// <summary>What giving up, and telling everybody, takes at the end of a drain.</summary>
    private static readonly TimeSpan DrainMargin = TimeSpan.FromSeconds(1);

    /// <summary>The name of the bench below <c>/user</c>.</summary>
    internal const string BenchName = "bench";

    /// <summary>
    /// Adds an actor system with ActorImaging in it, and the <see cref="ImagingClient"/> to run batches with. For a host that has an actor
    /// system already: <see cref="AddImagingClient(IServiceCollection, ImagingConfiguration)"/> and
    /// <see cref="WithActorImaging(AkkaConfigurationBuilder, ImagingConfiguration, IServiceProvider)"/>.
    /// </summary>
    /// <param name="services">The host's services.</param>
    /// <param name="configuration">A configuration that was loaded, hence checked.</param>
    public static IServiceCollection AddActorImaging(this IServiceCollection services, ImagingConfiguration configuration) => services
        .AddImagingClient(configuration)
        .AddAkka(SupervisorName, (akka, provider) => akka.WithOwnSettings(configuration).WithActorImaging(configuration, provider));

    /// <summary>Adds the <see cref="ImagingClient"/>, and what it and the actors have in common.</summary>
    /// <param name="services">The host's services.</param>
    /// <param name="configuration">The configuration of the actor system that the client speaks to.</param>
    public static IServiceCollection AddImagingClient(this IServiceCollection services, ImagingConfiguration configuration) =>
        services.AddImagingClient(configuration, work: null);

    /// <summary>
    /// Starts the supervisor and its processors in an actor system, whatever else is in it. Of the configuration only what is ours is added to it: the
    /// section <c>actor-imaging</c>, the deployments, and the dispatchers that they name.
    /// </summary>
    /// <param name="builder">The actor system.</param>
    /// <param name="configuration">A configuration that was loaded, hence checked.</param>
    /// <param name="services">The host's services, with the <see cref="ImagingClient"/> among them.</param>
    /// <returns>
    /// The builder. When the system stops, no task is begun any more; those in flight may end within the time of the phase
    /// <c>service-requests-done</c> and of <see cref="HostOptions.ShutdownTimeout"/>, and are given up after that.
    /// </returns>
    /// <exception cref="InvalidOperationException">ImageMagick's security policy can't be put in force.</exception>
    public static AkkaConfigurationBuilder WithActorImaging(
        this AkkaConfigurationBuilder builder, ImagingConfiguration configuration, IServiceProvider services)
    {
        var work = services.GetRequiredService<ImagingWork>();
        return builder
            .AddHocon(configuration.Guest, HoconAddMode.Prepend)
            .WithActors((system, registry) =>
            {
                RequireUsable(system);
                var props = ImageSupervisorActor.Props(configuration.Settings.Supervisor, work, TimeProvider.System);
                var supervisor = system.ActorOf(props, SupervisorName);
                registry.Register<ImageSupervisorActor>(supervisor);
                DrainOnShutdown(system, supervisor, services);
            });
    }

    /// <inheritdoc cref="AddImagingClient(IServiceCollection, ImagingConfiguration)"/>
    /// <param name="services">The host's services.</param>
    /// <param name="configuration">The configuration of the actor system that the client speaks to.</param>
    /// <param name="work">Work of the caller's own; null for that of the engine that the configuration names.</param>
    internal static IServiceCollection AddImagingClient(this IServiceCollection services, ImagingConfiguration configuration, ImagingWork? work)
    {
        services.TryAddSingleton(configuration);
        services.TryAddSingleton(_ => work ?? configuration.CreateWork());
        services.TryAddSingleton(provider => new ImagingClient(
            provider.GetRequiredService<ActorSystem>(), provider.GetRequiredService<IRequiredActor<ImageSupervisorActor>>(), configuration));
        services.TryAddSingleton(provider => new BenchClient(provider.GetRequiredService<ActorSystem>(), provider.GetRequiredService<IRequiredActor<BenchActor>>()));
        return services;
    }

    /// <summary>Gives an actor system of our own the settings that a guest must not touch: log level, loggers, the end of the system.</summary>
    /// <param name="builder">The actor system.</param>
    /// <param name="configuration">A configuration that was loaded, hence checked.</param>
    internal static AkkaConfigurationBuilder WithOwnSettings(this AkkaConfigurationBuilder builder, ImagingConfiguration configuration) => builder
        .AddHocon(configuration.Hocon, HoconAddMode.Prepend)
        .ConfigureLoggers(loggers =>
        {
            loggers.ClearLoggers();
            loggers.AddLoggerFactory();
        });

    /// <summary>Starts the bench, with supervisors and processors of its own.</summary>
    /// <param name="builder">The actor system.</param>
    /// <param name="configuration">A configuration that was loaded, hence checked.</param>
    /// <param name="work">What is measured.</param>
    internal static AkkaConfigurationBuilder WithBench(
        this AkkaConfigurationBuilder builder, ImagingConfiguration configuration, ImagingWork work) =>
        builder.WithActors((system, registry) =>
        {
            Func<Props> describeSupervisor = () => ImageSupervisorActor.Props(configuration.Settings.Supervisor, work, TimeProvider.System);
            Action releaseMemory = work.Engine.ReleaseMemory;
            var props = Props.Create<BenchActor>(
                describeSupervisor, configuration.Settings.Processors, PoolDeployments.DefaultDispatcher, releaseMemory);
            registry.Register<BenchActor>(system.ActorOf(props, BenchName));
        });

    /// <summary>
    /// Makes the dispatcher of the processors and the phases of the shutdown once, so that a fault in their sections stops the
    /// host at its start and not a processor at its own. <see cref="WithActorImaging(AkkaConfigurationBuilder, ImagingConfiguration, IServiceProvider)"/> does so; a host that wants to
    /// report the fault itself does it before it starts.
    /// </summary>
    /// <param name="system">The actor system.</param>
    /// <exception cref="Akka.Configuration.ConfigurationException">A section can't be used.</exception>
    /// <exception cref="FormatException">A number of a section is none.</exception>
    public static void RequireUsable(ActorSystem system)
    {
        system.Dispatchers.Lookup(PoolDeployments.DispatcherOf(system.Settings.Config, SupervisorName));
        CoordinatedShutdown.Get(system);
    }

    private static void DrainOnShutdown(ActorSystem system, IActorRef supervisor, IServiceProvider services)
    {
        var shutdown = CoordinatedShutdown.Get(system);
        var host = services.GetService<IOptions<HostOptions>>()?.Value.ShutdownTimeout ?? Timeout.InfiniteTimeSpan;
        var phase = shutdown.Timeout(CoordinatedShutdown.PhaseServiceRequestsDone);
        var most = host == Timeout.InfiniteTimeSpan || host > phase ? phase : host;
        var grace = most > 2 * DrainMargin ? most - DrainMargin : most / 2;
        shutdown.AddTask(CoordinatedShutdown.PhaseServiceRequestsDone, "drain-imaging", async () =>
        {
            var started = Stopwatch.GetTimestamp();
            var drained = supervisor.Ask<SupervisorDrained>(new DrainSupervisor(grace), most);
            await Task.WhenAny(drained, supervisor.WatchAsync()).ConfigureAwait(false); // one that is gone has nothing to drain
            var left = most - Stopwatch.GetElapsedTime(started);
            await services.GetRequiredService<ImagingClient>().WhenIdleAsync(left > TimeSpan.Zero ? left : TimeSpan.Zero).ConfigureAwait(false);
            return Akka.Done.Instance;
        });
    }
}
