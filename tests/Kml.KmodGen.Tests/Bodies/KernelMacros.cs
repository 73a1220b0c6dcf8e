using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Text.RegularExpressions;

namespace Kml.KmodGen.Tests.Bodies;

/// <summary>Macros of the kernel without parameters, in lower case: what a variable or a field must not be called.</summary>
internal static partial class KernelMacros
{
    private static readonly string[] Some =
    [
        .. ("acpi_disabled alt_end_marker asm_inline asmlinkage audit_enabled audit_signals below blkcg_root_css buffer_heads_over_limit cached_master_mask "
            + "console_loglevel cpu_active_mask cpu_all_mask cpu_info cpu_none_mask cpu_online_mask cpu_possible_mask cpu_present_mask cpu_smt_control "
            + "cpuset_current_mems_allowed current d_lock dac_mmap_min_addr default_banner elf_note err_chunk fallthrough first_online_node fips_enabled "
            + "gsi_top hashdist hrtimer_resolution jump_label_enabled kexec_in_progress kmap_prot lockup_detector_online_cpu mem_cgroup_sockets_enabled "
            + "mmap_min_addr new_len1 nmi_uaccess_okay node_online_map node_possible_map noinline noinstr notrace nr_cpu_ids nr_cpumask_bits nr_node_ids "
            + "nr_online_nodes numa_node_id old_len pageblock_nr_pages pageblock_order paravirt_nop pci_root_bus_fwnode pgoff_t pgprot_nx smp_processor_id "
            + "system_state totalram_pages zero_pfn linux unix i386 errno stdin stdout st_atime").Split(' '),
    ];

    /// <summary>The macros: a list of some, and all that the headers hold where there are any.</summary>
    public static IReadOnlyList<string> All { get; } = [.. Some.Concat(Harvested()).Distinct(StringComparer.Ordinal)];

    private static IEnumerable<string> Harvested()
    {
        string? cache = Environment.GetEnvironmentVariable("KML_CACHE");
        if (string.IsNullOrEmpty(cache) || !Directory.Exists(cache))
            return [];
        return from headers in Directory.GetDirectories(cache).Select(k => Path.Combine(k, "usr", "src")).Where(Directory.Exists)
               from folder in new[] { "include/linux", "include/asm-generic", "arch/x86/include/asm" }
               from common in Directory.GetDirectories(headers).Select(h => Path.Combine(h, folder)).Where(Directory.Exists)
               from file in Directory.GetFiles(common, "*.h")
               from Match match in Define().Matches(File.ReadAllText(file))
               select match.Groups[1].Value;
    }

    [GeneratedRegex(@"^[ \t]*#[ \t]*define[ \t]+([a-z_][A-Za-z0-9_]*)(?=\s)", RegexOptions.Multiline)]
    private static partial Regex Define();
}
