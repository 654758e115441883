// header_functions.h - every function that skein.h declares: one that is not defined does not link.
#define SKEIN_FUNCTIONS(FN) \
    FN(skein_abi_version), FN(skein_append), FN(skein_await_on_cancel), FN(skein_await_reject), FN(skein_await_release), FN(skein_await_resolve), \
    FN(skein_await_settle), FN(skein_await_vm), FN(skein_bool), FN(skein_build), FN(skein_bytes), FN(skein_call), FN(skein_call_kw), \
    FN(skein_call_method), FN(skein_class_new), FN(skein_class_value), FN(skein_code_load), FN(skein_code_release), FN(skein_code_retain), \
    FN(skein_code_save), FN(skein_compile), FN(skein_config_init), FN(skein_def), FN(skein_def_async), FN(skein_def_property), FN(skein_dict), \
    FN(skein_dump), FN(skein_equal), FN(skein_eval), FN(skein_exc_add_note), FN(skein_exc_at), FN(skein_exc_cause), FN(skein_exc_count), \
    FN(skein_exc_exit_code), FN(skein_exc_format), FN(skein_exc_frames), FN(skein_exc_group), FN(skein_exc_leaves), FN(skein_exc_match), \
    FN(skein_exc_message), FN(skein_exc_new), FN(skein_exc_note), FN(skein_exc_note_count), FN(skein_exc_split), FN(skein_exc_take), \
    FN(skein_exc_task), FN(skein_exc_type), FN(skein_exc_walk), FN(skein_exec), FN(skein_finish), FN(skein_float), FN(skein_function), FN(skein_gc), \
    FN(skein_get_attr), FN(skein_get_bool), FN(skein_get_bytes), FN(skein_get_float), FN(skein_get_global), FN(skein_get_index), FN(skein_get_int), \
    FN(skein_get_item), FN(skein_get_key), FN(skein_get_str), FN(skein_group_cancel), FN(skein_group_join), FN(skein_group_open), \
    FN(skein_group_spawn), FN(skein_import), FN(skein_int), FN(skein_int_text), FN(skein_interactive), FN(skein_interrupt), FN(skein_is), \
    FN(skein_iter), FN(skein_len), FN(skein_limits_init), FN(skein_lint), FN(skein_lint_rule), FN(skein_list), FN(skein_misuse), FN(skein_module), \
    FN(skein_next), FN(skein_none), FN(skein_object_data), FN(skein_object_new), FN(skein_object_set), FN(skein_parse), FN(skein_path_add), \
    FN(skein_poll_fd), FN(skein_post), FN(skein_raise), FN(skein_raise_exc), FN(skein_raisef), FN(skein_ref_free), FN(skein_ref_get), \
    FN(skein_ref_new), FN(skein_repl_feed), FN(skein_repl_free), FN(skein_repl_idle), FN(skein_repl_new), FN(skein_repl_over), FN(skein_repl_resize), \
    FN(skein_report), FN(skein_repr), FN(skein_run_code), FN(skein_run_file), FN(skein_run_module), FN(skein_run_until), FN(skein_scope_close), \
    FN(skein_scope_escape), FN(skein_scope_open), FN(skein_set_argv), FN(skein_set_attr), FN(skein_set_global), FN(skein_set_item), FN(skein_set_key), \
    FN(skein_set_limits), FN(skein_spawn), FN(skein_statement_end), FN(skein_status_name), FN(skein_step), FN(skein_stopped), FN(skein_str), \
    FN(skein_task_cancel), FN(skein_task_on_done), FN(skein_task_result), FN(skein_task_walk), FN(skein_text), FN(skein_threads_begin), \
    FN(skein_threads_end), FN(skein_tokens), FN(skein_tuple), FN(skein_type_name), FN(skein_typeof), FN(skein_uninterrupt), FN(skein_vbuild), \
    FN(skein_version), FN(skein_vm_free), FN(skein_vm_new), FN(skein_vm_reset), FN(skein_vm_stats), FN(skein_vm_user), FN(skein_wants_more),
