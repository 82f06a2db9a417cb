using ActorImaging.Actors;
using ActorImaging.Hosting;
using ActorImaging.Imaging;
using ActorImaging.Imaging.Magick;
using ActorImaging.Tasks;

namespace ActorImaging.Tests.Hosting;

public sealed class ImagingConfigurationSpecs
{
    private static readonly int Cores = Environment.ProcessorCount;

    [Fact]
    public void Should_have_the_defaults_of_the_settings_in_the_reference() =>
        Assert.Equal(new ImagingSettings(), ImagingConfiguration.Load().Settings);

    [Fact]
    public void Should_read_every_key_of_the_reference_and_no_other()
    {
        var faults = new List<string>();

        ImagingConfiguration.ReadSettings(ImagingConfiguration.Reference, faults, out var known);

        Assert.Empty(faults);
        Assert.Equal(
            HoconSection.LeavesOf(ImagingConfiguration.Reference, "actor-imaging").Order(StringComparer.Ordinal),
            known.Order(StringComparer.Ordinal));
    }

    [Fact]
    public void Should_comment_every_key_of_the_reference_with_what_it_allows()
    {
        using var resource = typeof(ImagingConfiguration).Assembly.GetManifestResourceStream("ActorImaging.reference.conf")!;
        using var reader = new StreamReader(resource);
        var lines = reader.ReadToEnd().Split('\n').Select(line => line.Trim()).TakeWhile(line => line != "# Where the processors run. dispatchers/*.conf hold other choices.").ToArray();

        foreach (var (at, line) in lines.Index().Where(line => line.Item.Contains(" = ", StringComparison.Ordinal) && line.Item[0] != '#'))
        {
            var comment = lines[..at].Reverse().TakeWhile(above => above.StartsWith('#')).ToArray();
            Assert.True(comment.Any(words => words.Contains("Allowed: ", StringComparison.Ordinal)), $"no allowed values above: {line}");
        }
    }

    [Fact]
    public void Should_let_a_later_layer_win()
    {
        var settings = Load(
            "actor-imaging { processors = 1, task-timeout = 5s, magick-png.filter = none }",
            "actor-imaging.processors = 3, actor-imaging.distribution = round-robin").Settings;

        Assert.Equal((3, Distribution.RoundRobin, TimeSpan.FromSeconds(5)), (settings.Processors, settings.Distribution, settings.TaskTimeout));
        Assert.Equal(MagickPngEncoding.Default with { Filter = MagickPngFilter.None }, settings.MagickPng);
    }

    [Fact]
    public void Should_replace_auto_by_numbers_everywhere()
    {
        var hocon = Load("actor-imaging.processors = 7").Hocon;

        Assert.Equal(7, hocon.GetInt("akka.actor.deployment./imaging/processors.nr-of-instances"));
        Assert.Equal(7, hocon.GetInt("akka.actor.deployment./bench/many/processors.nr-of-instances"));
        Assert.Equal(1, hocon.GetInt("akka.actor.deployment./bench/one/processors.nr-of-instances"));
        Assert.Equal(Math.Min(7, Cores), hocon.GetInt("imaging-dispatcher.dedicated-thread-pool.thread-count"));
        Assert.Equal("round-robin-pool", hocon.GetString("akka.actor.deployment./imaging/processors.router"));
    }

    [Fact]
    public void Should_keep_a_number_that_somebody_gave()
    {
        var hocon = Load("akka.actor.deployment { /imaging/processors { nr-of-instances = 5 } }\nimaging-dispatcher.dedicated-thread-pool.thread-count = 1").Hocon;

        Assert.Equal(5, hocon.GetInt("akka.actor.deployment./imaging/processors.nr-of-instances"));
        Assert.Equal(1, hocon.GetInt("imaging-dispatcher.dedicated-thread-pool.thread-count"));
    }

    [Theory]
    [InlineData("actor-imaging.task-timeout = infinite")]
    [InlineData("imaging-dispatcher.type = PinnedDispatcher")]
    [InlineData("imaging-dispatcher.type = Dispatcher")]
    [InlineData("# } a comment's brace\nactor-imaging { processors = 2 } // and { another")]
    [InlineData("mine.text = \"} in quotes \\\" {\"")]
    [InlineData("akka.actor.deployment { /imaging/processors { pool-dispatcher = mine } }\nmine { type = PinnedDispatcher }")]
    public void Should_accept(string hocon) => Assert.NotNull(Load(hocon));

    [Theory]
    [InlineData("[jpeg, heic, png]", new[] { ImageFormat.Png, ImageFormat.Jpeg, ImageFormat.Heic })]
    [InlineData("[tif]", new[] { ImageFormat.Tiff })]
    [InlineData("\"tiff, heif\"", new[] { ImageFormat.Tiff, ImageFormat.Heic })]
    public void Should_know_a_format_by_each_of_its_extensions(string list, ImageFormat[] formats) =>
        Assert.Equal(formats, Load($"actor-imaging.formats.read = {list}").Settings.Limits.Formats);

    [Fact]
    public void Should_accept_what_the_page_on_tuning_shows()
    {
        var page = File.ReadAllText(Path.Combine(RepositoryRoot.Path, "docs", "tuning.md")).ReplaceLineEndings("\n");
        string[] blocks = [.. page.Split("```hocon\n").Skip(1).Select(rest => rest[..rest.IndexOf("```", StringComparison.Ordinal)])];

        Assert.NotEmpty(blocks);
        Assert.All(blocks, block => Assert.NotNull(Load(block)));
    }

    [Theory]
    [InlineData("actor-imaging.formats.read = [svg]", "actor-imaging.formats.read: expected all, or a list of png, jpg, webp, gif, tif, bmp, avif, jxl, heic, but received '[svg]'")]
    [InlineData("actor-imaging.formats.read = []", "actor-imaging.formats.read: expected all, or a list of png, jpg, webp, gif, tif, bmp, avif, jxl, heic, but received '[]'")]
    [InlineData("actor-imaging.processors = many", "actor-imaging.processors: expected auto or a whole number from 1 to 1024, but received 'many'")]
    [InlineData("actor-imaging.processors = 0", "actor-imaging.processors: expected auto or a whole number from 1 to 1024, but received '0'")]
    [InlineData("actor-imaging.processors { }", "actor-imaging.processors: expected auto or a whole number from 1 to 1024, but received '{ ... }'")]
    [InlineData("actor-imaging.distribution = random", "actor-imaging.distribution: expected one of work-pulling, round-robin, but received 'random'")]
    [InlineData("actor-imaging.task-timeout = soon", "actor-imaging.task-timeout: expected infinite or a duration from 1ms to 1d, such as 90s, but received 'soon'")]
    [InlineData("actor-imaging.task-timeout = 0s", "actor-imaging.task-timeout: expected infinite or a duration from 1ms to 1d, such as 90s, but received '0s'")]
    [InlineData("actor-imaging.procesors = 2", "actor-imaging.procesors: there is no such key; did you mean actor-imaging.processors?")]
    [InlineData("actor-imaging.magick-png.filtre = none", "actor-imaging.magick-png.filtre: there is no such key; did you mean actor-imaging.magick-png.filter?")]
    [InlineData("akka.actor.deployment { /imaging/processors { pool-dispatcher = nowhere } }", "akka.actor.deployment.*.pool-dispatcher: expected the name of a dispatcher's section, such as imaging-dispatcher, but received 'nowhere'")]
    [InlineData("akka.actor.deployment { /imaging/processors { resizer { enabled = on } } }", "akka.actor.deployment./imaging/processors.resizer.enabled: expected off, since the number of processors is fixed (nr-of-instances), but received 'on'")]
    [InlineData("akka.actor.deployment { /imaging/processors { router = none } }", "akka.actor.deployment./imaging/processors.router: expected round-robin-pool, but received 'none'")]
    public void Should_refuse_with_one_fault(string hocon, string fault) =>
        Assert.Equal([fault], Assert.Throws<InvalidConfigurationException>(() => Load(hocon)).Faults);

    [Fact]
    public void Should_refuse_more_threads_than_cores() => Assert.Equal(
        [$"imaging-dispatcher.dedicated-thread-pool.thread-count: expected auto or a whole number from 1 to {Cores}, but received '{Cores + 1}'"],
        Assert.Throws<InvalidConfigurationException>(() => Load($"imaging-dispatcher.dedicated-thread-pool.thread-count = {Cores + 1}")).Faults);

    [Fact]
    public void Should_name_all_faults_at_once() => Assert.Equal(
        3,
        Assert.Throws<InvalidConfigurationException>(() => Load(
            "actor-imaging { processors = x, enginge = magick }\nimaging-dispatcher.dedicated-thread-pool.thread-count = 0")).Faults.Count);

    [Theory]
    [InlineData("actor-imaging { processors = 2")]
    [InlineData("}\nactor-imaging.processors = 2")]
    [InlineData("actor-imaging.distribution = \"round-robin")]
    [InlineData("actor-imaging = ${nowhere}")]
    public void Should_refuse_what_is_no_hocon(string hocon) =>
        Assert.StartsWith("spec: expected HOCON, but ", Assert.Throws<InvalidConfigurationException>(() => Load(hocon)).Faults[0], StringComparison.Ordinal);

    [Fact]
    public void Should_name_a_file_that_is_missing() => Assert.StartsWith(
        "configuration file 'nowhere.conf': expected a readable HOCON file, but ",
        Assert.Throws<InvalidConfigurationException>(() => HoconLayer.FromFile("nowhere.conf")).Message,
        StringComparison.Ordinal);

    [Theory]
    [InlineData("actor-imaging.formats.read=jpg,png", "jpg,png")]
    [InlineData("actor-imaging.limits.width = 100, garbage=1", "100, garbage=1")]
    public void Should_refuse_a_list_without_brackets(string assignment, string value) => Assert.Equal(
        [$"--set: expected a list in brackets, such as [jpg, png], but received '{value}'"],
        Assert.Throws<InvalidConfigurationException>(() => HoconLayer.FromAssignment(assignment)).Faults);

    [Theory]
    [InlineData("processors")]
    [InlineData("=4")]
    [InlineData("actor-imaging.processors=")]
    public void Should_refuse_an_assignment_that_is_none(string assignment) => Assert.Equal(
        $"--set: expected KEY=VALUE, such as actor-imaging.processors=4, but received '{assignment}'",
        Assert.Throws<InvalidConfigurationException>(() => HoconLayer.FromAssignment(assignment)).Message);

    [Theory]
    [InlineData("accelerated", false)]
    [InlineData("magick", true)]
    public void Should_have_tasks_wait_for_a_source_only_where_the_engine_can_share_it(string engine, bool isReady)
    {
        var sources = Load($"actor-imaging.engine = {engine}").CreateWork().Sources;

        Assert.Equal(isReady, sources.Take(new ImageSource("a.png", new SourceSettings()), tasks: 2, bytes: 1).IsReady);
    }

    private static ImagingConfiguration Load(params string[] layers) =>
        ImagingConfiguration.Load([.. layers.Select(text => new HoconLayer("spec", text))]);
}
