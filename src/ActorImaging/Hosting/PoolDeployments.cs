using System.Globalization;
using Akka.Configuration;
using Akka.Configuration.Hocon;

namespace ActorImaging.Hosting;

/// <summary>
/// Checks the pools of processors that the configuration deploys, and the dispatchers that they name, and replaces <c>auto</c> by numbers.
/// </summary>
internal static class PoolDeployments
{
    /// <summary>The dispatcher of the reference configuration.</summary>
    public const string DefaultDispatcher = "imaging-dispatcher";

    private const string Deployment = "akka.actor.deployment";

    private static readonly string[] PoolPaths =
        ["/imaging/processors", "/bench/one/processors", "/bench/many/processors", "/bench/per-task/processors"];

    /// <summary>Checks and completes the deployments.</summary>
    /// <returns>The configuration with every number in it.</returns>
    public static Config Resolve(Config hocon, int processors, ICollection<string> faults)
    {
        var numbers = new List<string>();
        var dispatchers = new SortedSet<string>(StringComparer.Ordinal);
        foreach (var path in PoolPaths)
        {
            var pool = new HoconSection(hocon, $"{Deployment}.{path}", faults);
            pool.Choice("router", string.Empty, ("round-robin-pool", string.Empty));
            RejectResizer(hocon, path, faults);
            var instances = pool.Integer("nr-of-instances", 1, ImagingSettings.MaxProcessors, processors, automatic: processors);
            numbers.Add(string.Create(CultureInfo.InvariantCulture, $"{Deployment} {{ {path} {{ nr-of-instances = {instances} }} }}"));
            dispatchers.Add(hocon.GetString($"{Deployment}.{path}.pool-dispatcher", string.Empty));
        }

        numbers.AddRange(dispatchers.SelectMany(dispatcher => ResolveDispatcher(hocon, dispatcher, processors, faults)));
        return ConfigurationFactory.ParseString(string.Join('\n', numbers)).WithFallback(hocon);
    }

    /// <summary>Of a configuration only what a library may bring into somebody else's actor system.</summary>
    public static Config OnlyOurs(Config hocon, string section)
    {
        var dispatchers = PoolPaths.Select(path => hocon.GetString($"{Deployment}.{path}.pool-dispatcher")).Distinct();
        var sections = new[] { section, Deployment }.Concat(dispatchers);
        return sections.Aggregate(Config.Empty, (ours, name) => new Config(new HoconRoot(Within(name, hocon.GetConfig(name).Root))).SafeWithFallback(ours));
    }

    /// <summary>A value under a path: its text could not be read again, since it is written without the quotes of its keys.</summary>
    private static HoconValue Within(string path, HoconValue value) => path.Split('.').Reverse().Aggregate(value, (inner, key) =>
    {
        var outer = new HoconObject();
        outer.Items[key] = inner;
        var wrapped = new HoconValue();
        wrapped.AppendValue(outer);
        return wrapped;
    });

    /// <summary>The dispatcher of the processors of a supervisor.</summary>
    public static string DispatcherOf(Config hocon, string supervisor) => hocon.GetString($"{Deployment}./{supervisor}/processors.pool-dispatcher");

    /// <summary>The pool is kept at its size by its supervisor, which a resizer would fight.</summary>
    private static void RejectResizer(Config hocon, string path, ICollection<string> faults)
    {
        if (hocon.GetBoolean($"{Deployment}.{path}.resizer.enabled"))
        {
            faults.Add($"{Deployment}.{path}.resizer.enabled: expected off, since the number of processors is fixed (nr-of-instances), but received 'on'");
        }
    }

    private static IEnumerable<string> ResolveDispatcher(Config hocon, string name, int processors, ICollection<string> faults)
    {
        if (name.Length == 0 || hocon.GetValue(name)?.IsObject() != true)
        {
            faults.Add($"{Deployment}.*.pool-dispatcher: expected the name of a dispatcher's section, such as imaging-dispatcher, but received '{name}'");
            return [];
        }

        var dispatcher = new HoconSection(hocon, name, faults);
        var hasThreads = dispatcher.Choice(
            "type", false, ("ForkJoinDispatcher", true), ("PinnedDispatcher", false), ("Dispatcher", false), ("TaskDispatcher", false));
        if (!hasThreads && !hocon.HasPath($"{name}.dedicated-thread-pool.thread-count"))
        {
            return [];
        }

        var cores = Environment.ProcessorCount;
        var threads = dispatcher.Integer(
            "dedicated-thread-pool.thread-count", 1, cores, fallback: 1, automatic: Math.Min(processors, cores));
        return [string.Create(CultureInfo.InvariantCulture, $"{name}.dedicated-thread-pool.thread-count = {threads}")];
    }
}
