using System.Text.RegularExpressions;
using ActorImaging.Cli.Inputs;
using ActorImaging.Tasks;

namespace ActorImaging.Cli.Planning;

/// <summary>Where the output of an input and a variant goes, by a template such as <c>{dir}/{name}-{variant}{ext}</c>.</summary>
internal sealed partial class OutputName
{
    private const string Plain = "{dir}/{name}{ext}";
    private const string WithVariant = "{dir}/{name}-{variant}{ext}";

    private static readonly string[] Fields = ["dir", "name", "variant", "ext", "from"];

    private readonly string? _folder;
    private readonly string _template;

    /// <summary>Checks a template.</summary>
    /// <param name="folder">The folder below which outputs go; null for each input's own place.</param>
    /// <param name="template">The template; null for the usual one.</param>
    /// <param name="variants">What is named.</param>
    /// <exception cref="UsageException">The template has an unknown field, leads out of the folder, or names another format than is wanted.</exception>
    public OutputName(string? folder, string? template, IReadOnlyList<Variant> variants)
    {
        _folder = folder;
        _template = template ?? (variants.Any(variant => variant.Name.Length > 0) ? WithVariant : Plain);
        foreach (var field in Field().Matches(_template).Select(match => match.Groups[1].Value).Where(field => !Fields.Contains(field)))
        {
            throw new UsageException($"--name: expected {{dir}}, {{name}}, {{variant}}, {{ext}} or {{from}}, but received '{{{field}}}'");
        }

        if (Path.IsPathRooted(_template) || _template.Split('/', '\\').Contains(".."))
        {
            throw new UsageException($"--name: expected a name below the folder of --out, but received '{_template}'");
        }

        RequireFormat(variants);
    }

    /// <summary>The path of an output.</summary>
    public string PathOf(InputFile input, Variant variant)
    {
        var extension = ExtensionOf(input.Path, variant.Format);
        if (_folder is null)
        {
            return Path.ChangeExtension(Path.GetFullPath(input.Path), extension);
        }

        var relative = Field().Replace(_template, match => match.Groups[1].Value switch
        {
            "dir" => input.RelativeFolder.Length == 0 ? "." : input.RelativeFolder,
            "name" => Path.GetFileNameWithoutExtension(input.Path),
            "variant" => variant.Name,
            "from" => Path.GetExtension(input.Path).TrimStart('.'),
            _ => extension,
        });
        return Path.GetFullPath(Path.Combine(_folder, relative));
    }

    /// <summary>What a template says of the format itself must be what is wanted: outputs are encoded by their names.</summary>
    private void RequireFormat(IReadOnlyList<Variant> variants)
    {
        if (_template.EndsWith("{ext}", StringComparison.Ordinal))
        {
            return;
        }

        if (!ImageFormats.TryGetByExtension(_template, out var format))
        {
            throw new UsageException($"--name: expected {{ext}} or an extension such as .jpg at its end, but received '{_template}'");
        }

        if (variants.FirstOrDefault(variant => variant.Format is { } wanted && wanted != format) is { Format: var other })
        {
            throw new UsageException($"--name: expected {{ext}} or an extension of {other} at its end, which is the format that was asked for, but received '{_template}'");
        }
    }

    /// <summary>
    /// A source's own extension stands for its format; one that names none becomes PNG, and one that is only read JPEG. In place it stays, and doing the
    /// task says why that can't be.
    /// </summary>
    private string ExtensionOf(string source, ImageFormat? format)
    {
        var own = Path.GetExtension(source);
        return (format, ImageFormats.TryGetByExtension(source, out var ownFormat)) switch
        {
            ({ } wanted, true) when wanted == ownFormat => own,
            ({ } wanted, _) => ImageFormats.ExtensionOf(wanted),
            (null, true) when _folder is not null && !ImageFormats.IsWritten(ownFormat!.Value) => ImageFormats.ExtensionOf(ImageFormat.Jpeg),
            (null, true) => own,
            _ => ImageFormats.ExtensionOf(ImageFormat.Png),
        };
    }

    [GeneratedRegex(@"\{(\w*)\}")]
    private static partial Regex Field();
}
