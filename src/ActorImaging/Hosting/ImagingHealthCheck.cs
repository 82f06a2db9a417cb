using ActorImaging.Actors;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Diagnostics.HealthChecks;

namespace ActorImaging.Hosting;

/// <summary>
/// Health of the processors: unhealthy while no work is taken (it drains, no processor can be made, too many hang), degraded while a processor is
/// lacking or a task is in flight for longer than it should be.
/// </summary>
/// <param name="client">Whom to ask.</param>
/// <param name="oldestTask">How long a task may be in flight before that is worth a look.</param>
public sealed class ImagingHealthCheck(ImagingClient client, TimeSpan oldestTask) : IHealthCheck
{
    /// <inheritdoc/>
    public async Task<HealthCheckResult> CheckHealthAsync(HealthCheckContext context, CancellationToken cancellationToken = default)
    {
        try
        {
            return Judge(await client.GetStatusAsync(cancellationToken).ConfigureAwait(false));
        }
        catch (TimeoutException fault)
        {
            return HealthCheckResult.Unhealthy(fault.Message, fault);
        }
    }

    private HealthCheckResult Judge(ImagingStatus status)
    {
        var data = new Dictionary<string, object>
        {
            ["processors"] = status.ReadyProcessors,
            ["abandonedProcessors"] = status.AbandonedProcessors,
            ["openBatches"] = status.OpenBatches,
            ["openTasks"] = status.OpenTasks,
            ["oldestTaskSeconds"] = status.OldestTask.TotalSeconds,
        };
        return status switch
        {
            { IsStopping: true } => HealthCheckResult.Unhealthy("the system is stopping: tasks in flight are finished", data: data),
            { Fault: { } fault } => HealthCheckResult.Unhealthy(fault, data: data),
            { IsHealthy: false } or { AbandonedProcessors: > 0 } => HealthCheckResult.Degraded(
                FormattableString.Invariant($"{status.ReadyProcessors} of {status.Processors} processors are ready, {status.AbandonedProcessors} hang"), data: data),
            _ when status.OldestTask > oldestTask => HealthCheckResult.Degraded(
                FormattableString.Invariant($"a task has been in flight for {status.OldestTask.TotalSeconds:F0} s"), data: data),
            _ => HealthCheckResult.Healthy(data: data),
        };
    }
}

/// <summary>Puts the health of ActorImaging beside that of other parts of a host.</summary>
public static class ImagingHealth
{
    /// <summary>Adds an <see cref="ImagingHealthCheck"/> named <c>imaging</c>.</summary>
    /// <param name="builder">The checks of the host, which has an <see cref="ImagingClient"/>.</param>
    /// <param name="oldestTask">How long a task may be in flight before that is worth a look; null for half of <c>actor-imaging.task-timeout</c>.</param>
    public static IHealthChecksBuilder AddActorImaging(this IHealthChecksBuilder builder, TimeSpan? oldestTask = null) => builder.Add(new HealthCheckRegistration(
        "imaging",
        services => new ImagingHealthCheck(
            services.GetRequiredService<ImagingClient>(), oldestTask ?? services.GetRequiredService<ImagingConfiguration>().Settings.TaskTimeout / 2),
        failureStatus: null,
        tags: null));
}
