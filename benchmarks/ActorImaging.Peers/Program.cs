using System.CommandLine;
using System.Globalization;
using ActorImaging.Peers;

// Is started by peers/run.sh, which installs the programs and says in PEERS and TOOLS where they are, and in PHOTOGRAPHS where photographs are.
var work = new Option<string>("--work-dir") { Description = "Where files and outputs go.", DefaultValueFactory = _ => Directory.Exists("/dev/shm") ? "/dev/shm/actor-imaging-peers" : Path.GetTempPath() };
var rounds = new Option<int>("--rounds") { Description = "How often each program does each workload; the median counts.", DefaultValueFactory = _ => 5 };
var share = new Option<double>("--share") { Description = "The part of the files that is taken, for a quick look.", DefaultValueFactory = _ => 1 };
var only = new Option<string?>("--only") { Description = "One workload: experiment, photographs, responsive, icons or one." };
var program = new Option<string?>("--program") { Description = "Only programs that have this in their names; ActorImaging is always among them." };
var into = new Option<string?>("--into") { Description = "The file whose tables are replaced; otherwise they are printed." };
var versions = new Option<string?>("--versions") { Description = "A line on the programs and the machine." };
var keep = new Option<bool>("--keep") { Description = "Keep the files that the programs read." };
var root = new RootCommand("Compares ActorImaging with other programs on the same work.") { work, rounds, share, only, program, into, versions, keep };
root.SetAction(parsed =>
{
    var folder = Directory.CreateDirectory(parsed.GetValue(work)!).FullName;
    TintTable.Write(Path.Combine(Environment.GetEnvironmentVariable("TOOLS")!, "tint.png"));
    var text = string.Create(CultureInfo.InvariantCulture, $"{parsed.GetValue(versions)}\n\n{parsed.GetValue(rounds)} rounds, the median of each.\n\n");
    foreach (var workload in Workload.All(parsed.GetValue(share)).Where(workload => parsed.GetValue(only) is not { } name || workload.Name == name))
    {
        text += Report.Describe(workload, new Comparison(workload, folder, parsed.GetValue(rounds), parsed.GetValue(program) ?? string.Empty).Run());
        if (!parsed.GetValue(keep))
        {
            Directory.Delete(Path.Combine(folder, workload.Name), recursive: true);
        }
    }

    if (parsed.GetValue(only) is null)
    {
        text += Report.DescribeBench(folder);
    }

    if (parsed.GetValue(into) is { } file)
    {
        Report.WriteInto(file, text);
    }
    else
    {
        Console.WriteLine(text);
    }
});
return root.Parse(args).Invoke();
